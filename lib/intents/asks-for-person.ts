import { foldText } from "../language/fold.ts";
import { ownWords } from "./own-words.ts";

const PERSON =
  /\b(persona|humano|humana|asesora?|agente|operadora?|encargad[oa]|pessoa|atendentes?|gerente|person|human|agent|representative|operator|manager)\b/;
const TALK =
  /\b(hablar|hablo|comunicar\w*|talk|speak|falar|falo)\b.*\b(alguien|vendedora?|ustedes|someone|somebody|alguem|vendedora?)\b/;
// "a poncho for one person", "20 soles por persona"
const HEADCOUNT =
  /\b(para|por|per|for)\s(?:(?:una?|cada|otra|um|uma|outra|one|an?|each|another)\s)?(?:persona|pessoa|person)\b/;
const LONGEST = 200;

/** True when a short message asks for an operator, judged by its words; used when no model answers. */
export function asksForPerson(text: string): boolean {
  const said = ownWords(text).trim();
  if (said.length > LONGEST) return false;
  const words = foldText(said).replace(/\s+/g, " ");
  return TALK.test(words) || PERSON.test(words.replace(HEADCOUNT, ""));
}
