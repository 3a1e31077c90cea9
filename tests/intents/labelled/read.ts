import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { intentSchema } from "../../../lib/intents/schema.ts";

const { intent, language } = intentSchema.shape;
const text = z
  .string()
  .min(1)
  .max(300)
  .regex(/^\S(?:.*\S)?$/u, "begins or ends with a space");
const message = { text, language, intent, answersQuestion: z.literal(true).optional() };
const half = z.enum(["tune", "test"]);

/** Shape of a line of each file; README.md explains the fields. */
const LINES = {
  whatsapp: z.strictObject({ ...message, half }),
  traps: z.strictObject({
    ...message,
    alsoRight: z.array(intent).nonempty().optional(),
    pair: z.string().regex(/^[a-z-]+-\d+$/),
    why: z.string().min(10),
    half,
  }),
  shop: z.strictObject({ ...message, part: z.enum(["learn", "evaluate"]) }),
  petshop: z.strictObject({ ...message, part: z.enum(["learn", "evaluate"]) }),
  language: z.strictObject({ language, text }),
};

export type LabelledFile = keyof typeof LINES;

/** The lines of one file, checked. Throws when a line has another shape. */
export function readLabelled<F extends LabelledFile>(file: F): z.infer<(typeof LINES)[F]>[] {
  const lines = readFileSync(new URL(`./${file}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => LINES[file].parse(JSON.parse(line)) as z.infer<(typeof LINES)[F]>);
}

/** The half of a text: by the parity of the first byte of its SHA-256. */
export function halfOf(text: string): "tune" | "test" {
  const byte = createHash("sha256").update(text).digest()[0] ?? 0;
  return byte % 2 === 0 ? "tune" : "test";
}
