import type { en } from "./en.ts";

/** All shared texts of the pages in one language. */
export type Texts = typeof en;

/** Text for a key from outside; undefined for an unknown key. */
export function textFor(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}
