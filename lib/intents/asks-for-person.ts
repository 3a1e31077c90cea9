import { decidePerson, type PersonDecision } from "../requests/person/decide.ts";
import { ownWords } from "./own-words.ts";

/** True when a message asks for a person, judged by its words; `before`: our message that it may answer. */
export const asksForPerson = (text: string, before: string | null = null): boolean =>
  decision(text, before) === "request";

/** True also where it is doubtful: without a model an operator serves better than an apology. */
export const mayAskForPerson = (text: string, before: string | null): boolean =>
  decision(text, before) !== "no";

/** A bubble that asks for a person does so whatever else is said. */
function decision(text: string, before: string | null): PersonDecision {
  const all = ownWords(text)
    .split("\n")
    .map((line) => decidePerson(line.trim(), before));
  return all.includes("request") ? "request" : all.includes("doubtful") ? "doubtful" : "no";
}
