import type { Language } from "../../../lib/types/company.ts";
import { recall } from "./memory.ts";

/** Language of the first view: the one chosen on an earlier visit, else the browser's. */
export function firstLanguage(): Language {
  const known = [recall("language"), ...navigator.languages].map(toLanguage);
  return known.find((language) => language !== null) ?? "en";
}

function toLanguage(tag: string | null | undefined): Language | null {
  const primary = tag?.slice(0, 2).toLowerCase();
  return primary === "es" || primary === "en" || primary === "pt" ? primary : null;
}
