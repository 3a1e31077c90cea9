import { askedOf, type Decided, decideAll } from "../../../bench/intents/own.ts";
import { likenessOf } from "../../../lib/intents/likeness/weights-text.ts";
import { decideByWords } from "../../../lib/intents/local/words.ts";
import { type Phrase, readPhrases } from "../../../scripts/intents/phrases.ts";
import { trainWeights } from "../../../scripts/intents/write.ts";
import { readLabelled } from "./read.ts";

/** Decisions about a shop's later messages before and after learning from a hundred earlier ones. */
export function learningOf(shop: "shop" | "petshop"): { before: Decided; after: Decided } {
  const messages = readLabelled(shop);
  const later = messages.filter(({ part }) => part === "evaluate");
  // What is proposed and a person would accept: an answer to a question of ours says nothing alone.
  const own: Phrase[] = messages
    .filter((each) => each.part === "learn" && !each.answersQuestion && !decideByWords(askedOf(each)))
    .map(({ text, language, intent }) => ({ text, language, topic: intent, own: true }));
  const { weights } = trainWeights([...readPhrases(), ...own]);
  return { before: decideAll(later), after: decideAll(later, likenessOf(weights)) };
}
