import type { Database } from "../../db/client.ts";
import { createSuggestions } from "../../db/console/suggestions.ts";
import { createSuggester } from "../turn/suggest/suggest.ts";
import type { Suggester } from "../types/console/suggest.ts";
import type { Base } from "./base.ts";
import { composeTurn } from "./turn.ts";

/** Drafts for operators, made of the parts of a turn. */
export const composeSuggester = (base: Base, database: Database): Suggester =>
  createSuggester({
    ...composeTurn(base, database),
    suggestions: createSuggestions(database),
    waitUntil: base.platform.waitUntil,
  });
