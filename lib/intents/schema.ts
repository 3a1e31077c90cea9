import { z } from "zod";
import { INTENTS } from "./table.ts";

/** Result of the classifier: an intent, its confidence (0 to 1) and the customer's language. */
export const intentSchema = z.object({
  intent: z.enum(INTENTS.map(({ name }) => name)),
  confidence: z.number().min(0).max(1),
  language: z.enum(["es", "en", "pt"]),
});
