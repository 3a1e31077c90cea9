import type { Language } from "../../../../lib/types/company.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";
import type { Phrases } from "./shape.ts";

/** By language. */
export const PHRASES: Record<Language, Phrases> = { es, en, pt };
