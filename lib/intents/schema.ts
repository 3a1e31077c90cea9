import { z } from "zod";
import type { IntentName } from "./table.ts";
import { INTENTS } from "./table.ts";

const names: readonly IntentName[] = INTENTS.map((intent) => intent.name);

/** What the classifier answers: one intent of the table, how sure it is (0 to 1), and the customer's language. */
export const intentSchema = z.object({
  intent: z.enum(names),
  confidence: z.number().min(0).max(1),
  language: z.enum(["es", "en", "pt"]),
});

/** An answer of the classifier. */
export type Classification = z.infer<typeof intentSchema>;
