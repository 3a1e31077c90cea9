import type { InsightTexts } from "../insight.ts";
import { frame } from "./insight-frame.ts";

/** Portuguese texts of the insight pages. */
export const insight: InsightTexts = { frame };
