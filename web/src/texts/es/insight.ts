import type { InsightTexts } from "../insight.ts";
import { frame } from "./insight-frame.ts";

/** Spanish texts of the insight pages. */
export const insight: InsightTexts = { frame };
