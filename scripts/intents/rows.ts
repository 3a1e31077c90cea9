import { OTHER } from "../../lib/intents/likeness/likeness.ts";
import { random } from "../../lib/intents/likeness/random.ts";
import type { Row } from "../../lib/intents/likeness/train.ts";
import { wordsOf } from "../../lib/intents/likeness/words.ts";
import { isCourtesy } from "../../lib/intents/local/courtesy.ts";
import type { Language } from "../../lib/types/company.ts";
import { labelOf } from "./labels.ts";
import { LANGUAGES, type Phrase } from "./phrases.ts";
import { SURROUNDINGS } from "./slots.ts";
import { pick, typed } from "./typing.ts";

/** Variants of each phrase, as other customers would have typed it. */
const VARIANTS = 2;
/** Made-up messages of two requests, for each language: they are the model's. */
const DOUBLES = 240;
const OTHER_WEIGHT = 0.5;
/** A message of the company's own customers counts like a phrase with its variants: it is as they type. */
const OWN_WEIGHT = 1 + VARIANTS;
const SEED = 3;

/** What the classifier learns of these phrases: each as it is, in variants, and pairs of requests. */
export function rowsOf(phrases: readonly Phrase[]): Row[] {
  const next = random(SEED);
  const rows: Row[] = [];
  const add = (text: string, label: string, weight = 1) => rows.push({ words: wordsOf(text), label, weight });
  const inLanguage = (language: Language, isWanted: (topic: string) => boolean): string[] =>
    phrases
      .filter((phrase) => phrase.language === language && isWanted(phrase.topic))
      .map(({ text }) => text);
  for (const { text, language, topic, own } of phrases) {
    const label = labelOf(topic);
    if (own) {
      add(text, label, OWN_WEIGHT);
      continue;
    }
    if (topic === "background") {
      add(text, OTHER, OTHER_WEIGHT);
      continue;
    }
    add(text, label);
    const greetings = inLanguage(language, (each) => each === "greeting");
    const more = isCourtesy(topic) ? inLanguage(language, (each) => each === topic) : null;
    for (let n = 0; n < VARIANTS; n++) {
      const variant = more ? politer(text, more, next) : surrounded(text, { language, greetings, next });
      add(typed(variant, next), label);
    }
  }
  const isRequest = (topic: string) => labelOf(topic) !== OTHER && !isCourtesy(topic);
  for (const language of LANGUAGES) {
    const requests = phrases.filter((phrase) => phrase.language === language && isRequest(phrase.topic));
    const topics = [...new Set(requests.map(({ topic }) => topic))];
    for (let n = 0; n < DOUBLES; n++) {
      const [one, other] = [pick(topics, next), pick(topics, next)];
      if (one === other) continue;
      const said = (topic: string) =>
        pick(
          requests.filter((phrase) => phrase.topic === topic),
          next,
        ).text;
      const double = said(one) + pick(SURROUNDINGS[language].joins, next) + said(other);
      add(typed(double, next), OTHER, OTHER_WEIGHT);
    }
  }
  return rows;
}

/** A greeting or thanks, sometimes with another. */
const politer = (text: string, more: readonly string[], next: () => number): string =>
  next() < 0.3 ? `${text} ${pick(more, next)}` : text;

interface Around {
  language: Language;
  greetings: readonly string[];
  next: () => number;
}

/** A request with what people put before and after it. */
function surrounded(text: string, { language, greetings, next }: Around): string {
  const { before, after } = SURROUNDINGS[language];
  const kind = next();
  const start =
    kind < 0.35
      ? `${pick(greetings, next)}${next() < 0.5 ? ", " : " "}`
      : kind < 0.5
        ? `${pick(before, next)} `
        : kind < 0.65
          ? `${pick(greetings, next)} ${pick(before, next)} `
          : "";
  return `${start}${text}${next() < 0.2 ? ` ${pick(after, next)}` : ""}`;
}
