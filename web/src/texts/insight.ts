import type { Language } from "../../../lib/types/company.ts";
import type { insight as english } from "./en/insight.ts";

/** Texts of the insight pages in one language. */
export type InsightTexts = typeof english;

const LOADERS: Record<Language, () => Promise<{ insight: InsightTexts }>> = {
  es: () => import("./es/insight.ts"),
  en: () => import("./en/insight.ts"),
  pt: () => import("./pt/insight.ts"),
};

const loaded = new Map<Language, Promise<InsightTexts>>();

/** Loads the texts of the insight pages in a language, once. */
export function loadInsightTexts(language: Language): Promise<InsightTexts> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = LOADERS[language]().then(({ insight }) => insight);
  loaded.set(language, loading);
  // Loaded again at the next look when the connection was lost.
  loading.catch(() => loaded.delete(language));
  return loading;
}
