import type { Random } from "../../chaos/simulation/random.ts";
import type { DraftInput, SentPart } from "../../lib/types/turn-store.ts";

/** Random outcome of a part. */
export function sentPart(random: Random, id: string): SentPart {
  const outcome = random.pick([
    "accepted",
    "accepted",
    "ambiguous",
    "rejected",
    "unsent",
    "withheld",
  ] as const);
  return {
    id,
    outcome,
    sends: random.pick([1, 1, 1, 2]),
    waMessageId: outcome === "accepted" ? `wamid.out.${id}` : null,
    metaCode: outcome === "rejected" ? 131_026 : null,
    ...(outcome === "accepted" && random.chance(0.1) && { acceptedPhone: "551187654321" }),
  };
}

/** Record of a turn; only the rung differs. */
export const record = (random: Random): DraftInput["record"] => ({
  intent: "greeting",
  confidence: 0.9,
  decidedBy: "model",
  guess: { intent: "order_status", confidence: 0.9, sure: true, version: "0" },
  language: "es",
  intentModel: "small",
  replyModel: "large",
  models: null,
  modelChoice: "balanced/hard",
  inputTokens: 10,
  cachedTokens: 4,
  outputTokens: 5,
  costUsd: null,
  stagesMs: {},
  rung: random.pick(["full", "apology"]),
  errors: [],
  rounds: 1,
  traceId: null,
});
