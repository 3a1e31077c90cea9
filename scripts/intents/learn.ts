import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { INTENTS } from "../../lib/intents/table.ts";
import type { Learnable } from "../../lib/types/turn/guesses.ts";
import { LANGUAGES, linesOf, type Phrase, TOPICS } from "./phrases.ts";

/** What tells who somebody is: an address, a link, a long number, a name that is given. */
const PERSONAL =
  /@|https?:|www\.|\d(?:[\s().-]?\d){6}|(?<!\p{L})(?:me llamo|mi nombre|soy|my name|i am|i'm|this is|me chamo|meu nome|sou)(?!\p{L})/iu;
const HEAD = `# Messages of customers, as the model sorted them: language|intent|message.
# Correct the intent, delete every line that is wrong, unclear or says who somebody is, then: npm run intents -- accept <this file>
# Intents: ${INTENTS.map(({ name }) => name).join(", ")}; or contrast, background (docs/understanding.md).
`;

/** The file to edit: messages without personal details, by intent. */
export function proposal(messages: readonly Learnable[]): { text: string; proposed: number } {
  const lines = messages
    .filter(({ text }) => !PERSONAL.test(text))
    .map(({ text, language, intent }) => {
      const words = text.replace(/\d/g, "0").replace(/\s+/g, " ").trim();
      return `${language}|${intent}|${words}`;
    })
    .sort();
  const unique = [...new Set(lines)];
  return { text: `${HEAD}${unique.join("\n")}\n`, proposed: unique.length };
}

/** The phrases of an edited file; throws with the number of a line that is none, and nothing of its words. */
export function acceptedIn(text: string): Phrase[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (linesOf(line).length === 0) return [];
    const [language = "", topic = "", ...rest] = line.split("|").map((part) => part.trim());
    const spoken = LANGUAGES.find((each) => each === language);
    const words = rest.join("|");
    if (!spoken || !TOPICS.includes(topic) || words === "" || words.startsWith("#"))
      throw new Error(`line ${at + 1}: not language|intent|message`);
    return [{ language: spoken, topic, text: words }];
  });
}

/** Adds phrases to the own ones in this folder, each once; returns how many were new. */
export function addOwn(phrases: readonly Phrase[], folder: string): number {
  let added = 0;
  for (const { language, topic, text } of phrases) {
    const file = join(folder, language, `${topic}.txt`);
    const known = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (linesOf(known).includes(text)) continue;
    mkdirSync(join(folder, language), { recursive: true });
    appendFileSync(file, `${known === "" || known.endsWith("\n") ? "" : "\n"}${text}\n`);
    added++;
  }
  return added;
}
