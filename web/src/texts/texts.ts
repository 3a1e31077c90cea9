import type { Language } from "../../../lib/types/company.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";

/** Every text of the pages, in one language. */
export type Texts = typeof en;

/** The pages' texts by language. */
export const TEXTS: Record<Language, Texts> = { es, en, pt };

/** The text for a key that comes from outside, or undefined when no text is known for it. */
export function textFor(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
