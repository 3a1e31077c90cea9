import type { Language } from "../../../lib/types/company.ts";
import type { consoleTexts as english } from "./en/console.ts";
import type { Texts } from "./texts.ts";

/** The console's texts in one language. */
export type ConsoleTexts = typeof english;

/** Everything that the console says in one language: its own texts, and those of the parts it shares. */
export interface LoadedTexts {
  shared: Texts;
  console: ConsoleTexts;
}

const LOADERS = {
  es: () => Promise.all([import("./es/shared.ts"), import("./es/console.ts")]),
  en: () => Promise.all([import("./en/shared.ts"), import("./en/console.ts")]),
  pt: () => Promise.all([import("./pt/shared.ts"), import("./pt/console.ts")]),
};

const loaded = new Map<Language, Promise<LoadedTexts>>();

/** Loads the texts of a language, once. */
export function loadTexts(language: Language): Promise<LoadedTexts> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = LOADERS[language]().then(([{ shared }, { consoleTexts }]) => ({
    // The console shows nothing of the home page and of the simulator.
    shared: shared as Texts,
    console: consoleTexts,
  }));
  loaded.set(language, loading);
  // Loaded again at the next look when the connection was lost.
  loading.catch(() => loaded.delete(language));
  return loading;
}
