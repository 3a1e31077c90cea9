import { frame } from "./insight-frame.ts";

/** English texts of the insight pages. */
export const insight = { frame };
