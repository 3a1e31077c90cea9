import type { Language } from "../../../lib/types/company.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";
import type { Texts } from "./texts.ts";

const TEXTS: Record<Language, Texts> = { es, en, pt };

/** Texts of a language, for pages that carry all of them. */
export const textsOf = (language: Language): Texts => TEXTS[language];
