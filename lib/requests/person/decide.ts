import { foldText } from "../../language/fold.ts";
import { atEnd, atStart, clausesOf, strip, strips, whole } from "../clauses.ts";
import { ourQuestion } from "../our-question.ts";
import { BEFORE, BEHIND, DOUBTFUL, HINT, REQUEST, SUBJECT, WORD } from "./grammar.ts";

/** Decision about a message: it asks for a person, it may, or it does not. */
export type PersonDecision = "request" | "doubtful" | "no";

const STARTS = atStart(BEFORE);
const ENDS = atEnd(BEHIND);
const ENDS_OR_SUBJECT = atEnd([...BEHIND, ...SUBJECT]);
const ASKS = whole(REQUEST);
const ONLY_WORD = whole(WORD);
const MAYBE = whole(DOUBTFUL);
const AND = / (?:y|e|and|pero|but) /;

/**
 * Decides whether a message asks for a person. `before`: our message that it may answer, null when there is none: "persona"
 * behind a question is an answer, unless we had only offered help.
 */
export function decidePerson(text: string, before: string | null): PersonDecision {
  const said = clausesOf(text);
  if (!said || said.quotes) return "no";
  const question = ourQuestion(before);
  const kinds = said.clauses.map(kindOf);
  const parts = said.clauses.flatMap((clause) => clause.split(AND).map(kindOf));
  if (kinds.includes("request") || (parts.length > kinds.length && parts.includes("request")))
    return "request";
  if (kinds.includes("word")) {
    if (!question.asks) return "request";
    return foldText(text)
      .split(/[^\p{L}]+/u)
      .some(question.names)
      ? "no"
      : "doubtful";
  }
  return kinds.includes("doubtful") && !question.asks ? "doubtful" : "no";
}

function kindOf(clause: string): PersonDecision | "word" {
  // The patterns are large: compiling them takes longer than the rest of a first message, and most messages have no such word.
  if (!HINT.test(clause)) return "no";
  const asked = strip(clause, STARTS);
  const short = [...strips(clause, ENDS), ...strips(asked, ENDS)];
  const forms = [...short, ...[clause, asked].flatMap((words) => strips(words, ENDS_OR_SUBJECT))];
  // "El encargado de mi edificio" is no word alone.
  if ((asked === clause ? short : forms).some((words) => ONLY_WORD.test(words)))
    return asked === clause ? "word" : "request";
  if (forms.some((words) => ASKS.test(words))) return "request";
  return MAYBE.test(clause) || MAYBE.test(asked) ? "doubtful" : "no";
}
