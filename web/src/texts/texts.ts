import type { Language } from "../../../lib/types/company.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";

/** All texts of the pages in one language. */
export type Texts = typeof en;

/** Texts by language. */
export const TEXTS: Record<Language, Texts> = { es, en, pt };

/** Text for a key from outside; undefined for an unknown key. */
export function textFor(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
