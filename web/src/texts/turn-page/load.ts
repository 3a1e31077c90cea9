import type { Language } from "../../../../lib/types/company.ts";
import type { turnPage as english } from "./en.ts";

/** Texts of the page of a turn in one language. */
export type TurnPageTexts = typeof english;

const LOADERS: Record<Language, () => Promise<{ turnPage: TurnPageTexts }>> = {
  es: () => import("./es.ts"),
  en: () => import("./en.ts"),
  pt: () => import("./pt.ts"),
};

const loaded = new Map<Language, Promise<TurnPageTexts>>();

/** Loads the texts of the page of a turn in a language, once. */
export function loadTurnPageTexts(language: Language): Promise<TurnPageTexts> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = LOADERS[language]().then(({ turnPage }) => turnPage);
  loaded.set(language, loading);
  // Loaded again at the next look when the connection was lost.
  loading.catch(() => loaded.delete(language));
  return loading;
}
