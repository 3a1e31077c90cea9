import { isDataError } from "../telemetry/error-code.ts";
import type { Claim, DraftInput, DraftOutcome } from "../types/turn-store.ts";
import { describeOutbound } from "../whatsapp/messages/reply.ts";
import type { Reply } from "./answer/compose.ts";
import { type Part, sentPart } from "./deliver.ts";
import { held, UnsentError } from "./finish.ts";
import type { TurnDeps } from "./state/context.ts";
import type { Journal } from "./state/journal.ts";

/** From this try on a reply stands although newer messages came: they get the next turn. */
const STAND_FROM_ATTEMPT = 2;

/**
 * Writes a reply down before it is sent. When the store refuses what is told about it, the customer still gets the reply: it is written
 * without. Throws UnsentError when nobody knows whether it was written.
 */
export async function writeDraft(
  claim: Claim,
  reply: Reply,
  parts: readonly Part[],
  journal: Journal,
  deps: Pick<TurnDeps, "store" | "limits" | "log">,
): Promise<DraftOutcome> {
  const input = draftOf(claim, reply, parts, journal, deps);
  try {
    return await deps.store.draft(input).catch((error: unknown) => {
      if (!isDataError(error)) throw error;
      journal.failed("draft", error);
      deps.log.error("draft.refused", { conversation: claim.conversationId, turn: claim.turnId });
      return deps.store.draft(withoutRecord(input));
    });
  } catch (error) {
    throw new UnsentError(
      error,
      parts.map((part) => sentPart(part, "unsent")),
    );
  }
}

function draftOf(
  claim: Claim,
  reply: Reply,
  parts: readonly Part[],
  journal: Journal,
  { limits }: Pick<TurnDeps, "limits">,
): DraftInput {
  return {
    claim: held(claim),
    parts: parts.map(({ id, message, quoteWaMessageId }) => ({
      id,
      message,
      text: describeOutbound(message),
      quoteWaMessageId,
    })),
    readings: reply.readings,
    language: reply.language === claim.user.language ? null : reply.language,
    handoff: reply.handoff,
    toolCalls: journal.toolCalls,
    evenIfOvertaken: claim.attempts >= STAND_FROM_ATTEMPT,
    leaseMs: limits.leaseMs,
    record: journal.record(),
    usage: journal.usage(),
    repeat: reply.repeat,
  };
}

/** Only what was said, and by which rung. */
const withoutRecord = (input: DraftInput): DraftInput => ({
  ...input,
  readings: [],
  toolCalls: [],
  handoff: input.handoff && { ...input.handoff, summary: "" },
  record: {
    ...input.record,
    confidence: null,
    inputTokens: 0,
    outputTokens: 0,
    costUsd: null,
    stagesMs: {},
    traceId: null,
    errors: ["draft:refused"],
  },
});
