import { createInterface } from "node:readline";
import { z } from "zod";
import { decideLocally, type LocalDecision } from "../../lib/intents/local/decide.ts";

const LANGUAGE = z.enum(["es", "en", "pt"]);
const lineSchema = z.object({
  text: z.string(),
  language: LANGUAGE.nullish(),
  answersQuestion: z.boolean().nullish(),
});

/** A line that is no text to classify. */
class BadLineError extends Error {
  constructor(number: number, why: string) {
    super(
      `line ${number}: ${why}; expected {"text": "…", "language"?: "es" | "en" | "pt", "answersQuestion"?: true}`,
    );
  }
}

/** Decides about one JSON line; throws `BadLineError`, which repeats nothing of the line. */
function classifyLine(line: string, number: number): LocalDecision {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadLineError(number, "not JSON");
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".");
    throw new BadLineError(number, field ? `"${field}" is missing or of another type` : "not an object");
  }
  const { text, language, answersQuestion } = parsed.data;
  const answers = answersQuestion ?? false;
  const {
    intent,
    confidence,
    language: spoken,
    decidedBy,
  } = decideLocally({
    ...{ text, answersQuestion: answers, before: answers ? "?" : null, expected: language ?? null },
  });
  return { intent, confidence, language: spoken, decidedBy };
}

/** Where the lines go. */
export interface Streams {
  input: NodeJS.ReadableStream;
  /** Resolves when there is room for more. */
  print(line: string): Promise<void> | void;
  complain(text: string): void;
}

/** Reads JSON lines as they come and prints a decision for each; a bad line is reported and the others go on. True: none was bad. */
export async function classifyStream({ input, print, complain }: Streams): Promise<boolean> {
  let number = 0;
  let good = true;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    try {
      await print(JSON.stringify(classifyLine(number === 1 ? line.replace(/^\uFEFF/, "") : line, number)));
    } catch (error) {
      if (!(error instanceof BadLineError)) throw error;
      good = false;
      complain(error.message);
    }
  }
  return good;
}
