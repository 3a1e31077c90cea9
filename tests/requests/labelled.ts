import { readFileSync } from "node:fs";

/** A labelled message: its language, its words, and our message before it where the answer depends on that. */
interface Labelled {
  language: string;
  text: string;
  before: string | null;
}

export const SETS = ["development", "held-out"] as const;
export type SetName = (typeof SETS)[number];

/** The messages of one file: a line each, `language | words` or `language | words | our message before`. */
export function labelled(set: SetName, label: string): Labelled[] {
  const file = readFileSync(new URL(`./${set}/${label}.txt`, import.meta.url), "utf8");
  return file
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [language = "", text = "", before = null] = line.split(" | ");
      return { language, text, before };
    });
}

/** Decides all messages of two labels; what was decided wrongly or left open. */
export function measure(
  set: SetName,
  [wanted, other]: readonly [wanted: string, other: string],
  decide: (text: string, before: string | null) => "yes" | "doubtful" | "no",
) {
  const count = { wanted: 0, taken: 0, asked: 0, missed: 0, others: 0, wronglyTaken: 0, wronglyAsked: 0 };
  for (const { text, before } of labelled(set, wanted)) {
    const decision = decide(text, before);
    count.wanted++;
    count[decision === "yes" ? "taken" : decision === "no" ? "missed" : "asked"]++;
  }
  for (const { text, before } of labelled(set, other)) {
    const decision = decide(text, before);
    count.others++;
    if (decision === "yes") count.wronglyTaken++;
    if (decision === "doubtful") count.wronglyAsked++;
  }
  const precision = count.taken / (count.taken + count.wronglyTaken);
  return { set, label: wanted, ...count, precision, recall: count.taken / count.wanted };
}
