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

const LOADERS: Record<Language, () => Promise<LoadedTexts>> = {
  es: () =>
    Promise.all([import("./es.ts"), import("./es/console.ts")]).then(
      ([{ es: shared }, { consoleTexts: console }]) => ({
        shared,
        console,
      }),
    ),
  en: () =>
    Promise.all([import("./en.ts"), import("./en/console.ts")]).then(
      ([{ en: shared }, { consoleTexts: console }]) => ({
        shared,
        console,
      }),
    ),
  pt: () =>
    Promise.all([import("./pt.ts"), import("./pt/console.ts")]).then(
      ([{ pt: shared }, { consoleTexts: console }]) => ({
        shared,
        console,
      }),
    ),
};

const loaded = new Map<Language, Promise<LoadedTexts>>();

/** Loads the texts of a language, once. */
export function loadTexts(language: Language): Promise<LoadedTexts> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = LOADERS[language]();
  loaded.set(language, loading);
  // Loaded again at the next look when the connection was lost.
  loading.catch(() => loaded.delete(language));
  return loading;
}
