import type { Language } from "../../../lib/types/company.ts";
import type { company as english } from "./en/company.ts";

/** Texts of the pages on which a company edits what the bot says, in one language. */
export type CompanyTexts = typeof english;

const LOADERS: Record<Language, () => Promise<{ company: CompanyTexts }>> = {
  es: () => import("./es/company.ts"),
  en: () => import("./en/company.ts"),
  pt: () => import("./pt/company.ts"),
};

const loaded = new Map<Language, Promise<CompanyTexts>>();

/** Loads these texts in a language, once. */
export function loadCompanyTexts(language: Language): Promise<CompanyTexts> {
  const known = loaded.get(language);
  if (known) return known;
  const loading = LOADERS[language]().then(({ company }) => company);
  loaded.set(language, loading);
  // Loaded again at the next look when the connection was lost.
  loading.catch(() => loaded.delete(language));
  return loading;
}
