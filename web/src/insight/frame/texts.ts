import { use } from "react";
import { usePage } from "../../shared/page.tsx";
import { type InsightTexts, loadInsightTexts } from "../../texts/insight.ts";

/** Texts of the insight pages in the page's language; suspends while they are loaded. */
export const useInsightTexts = (): InsightTexts => use(loadInsightTexts(usePage().language));
