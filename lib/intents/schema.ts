import { z } from "zod";
import type { IntentRow } from "./own.ts";
import { INTENTS } from "./table.ts";

const schemaFor = (rows: readonly Pick<IntentRow, "name">[]) =>
  z.object({
    intent: z.enum(rows.map(({ name }) => name)),
    confidence: z.number().min(0).max(1),
    language: z.enum(["es", "en", "pt"]),
  });

/** That of the shipped intents. */
export const intentSchema = schemaFor(INTENTS);

const schemas = new WeakMap<readonly IntentRow[], typeof intentSchema>([[INTENTS, intentSchema]]);

/** Result of the classifier: an intent of these rows, its confidence (0 to 1) and the customer's language; the same for the same rows. */
export function classificationSchema(rows: readonly IntentRow[]): typeof intentSchema {
  const schema = schemas.get(rows) ?? schemaFor(rows);
  schemas.set(rows, schema);
  return schema;
}
