import type { Language } from "../../../lib/types/company.ts";
import type { playground as english } from "./en/playground.ts";

/** Texts of the playground in one language. */
export type PlaygroundTexts = typeof english;

const LOADERS: Record<Language, () => Promise<{ playground: PlaygroundTexts }>> = {
  es: () => import("./es/playground.ts"),
  en: () => import("./en/playground.ts"),
  pt: () => import("./pt/playground.ts"),
};

const loaded = new Map<Language, Promise<PlaygroundTexts>>();

/** Loads the texts of the playground in a language, once. */
export function loadPlaygroundTexts(language: Language): Promise<PlaygroundTexts> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = LOADERS[language]().then(({ playground }) => playground);
  loaded.set(language, loading);
  // Loaded again at the next look when the connection was lost.
  loading.catch(() => loaded.delete(language));
  return loading;
}
