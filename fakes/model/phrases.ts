import type { Language } from "../../lib/types/company.ts";
import { en } from "./phrases/en.ts";
import { es } from "./phrases/es.ts";
import { pt } from "./phrases/pt.ts";
import type { Phrases } from "./phrases/shape.ts";

/** By language. */
export const PHRASES: Record<Language, Phrases> = { es, en, pt };
