import { isDataError } from "../telemetry/error-code.ts";
import type { KeptExchanges } from "../types/turn/exchanges.ts";
import type { DraftInput, DraftOutcome } from "../types/turn-store.ts";
import { describeOutbound } from "../whatsapp/messages/reply.ts";
import type { Reply } from "./answer/reply.ts";
import { waitFor } from "./answer/waiting.ts";
import { type Part, UnsentError } from "./part.ts";
import type { TurnDeps } from "./state/context.ts";
import { instant } from "./state/lease.ts";
import { claimRef, type Turn } from "./state/turn.ts";

/** Outcomes with which the work of a turn was written. */
const KEPT: ReadonlySet<DraftOutcome["outcome"]> = new Set(["send", "overtaken", "taken_over"]);

/** From this attempt on a reply stands although newer messages came: they get the next turn. */
const STAND_FROM_ATTEMPT = 2;

/**
 * Writes a reply down before it is sent, and with it extends the lease. When the store refuses the record of it, the customer still
 * gets the reply, written without the record. Throws UnsentError when it is not known whether it was written.
 */
export async function writeDraft(turn: Turn, reply: Reply, parts: readonly Part[]): Promise<DraftOutcome> {
  const { journal, lease, deps } = turn;
  const started = instant(deps.clock);
  const input = draftOf(turn, reply, parts);
  const drafted = await journal.stages
    .run("draft", async () => store(turn, { ...input, exchanges: keptExchanges(turn) }))
    .catch((error: unknown) => {
      throw new UnsentError(error, parts);
    });
  if (drafted.outcome === "send") lease.extendedAt(started);
  return drafted;
}

/** What models were sent and said, to be kept with the turn; null when it is not to be kept. It costs nobody a reply. */
export function keptExchanges({
  claim,
  journal,
  deps,
}: Pick<Turn<Pick<TurnDeps, "keeper">>, "claim" | "journal" | "deps">): KeptExchanges | null {
  try {
    return deps.keeper?.pack(claim.tenant.id, journal.exchanges.all()) ?? null;
  } catch (error) {
    journal.failed("exchanges", error);
    return null;
  }
}

async function store({ claim, journal, deps }: Turn, input: DraftInput): Promise<DraftOutcome> {
  try {
    const drafted = await deps.store.draft(input);
    if (input.exchanges && KEPT.has(drafted.outcome)) deps.keeper?.stored(claim.tenant.id, input.exchanges);
    return drafted;
  } catch (error) {
    if (!isDataError(error)) throw error;
    journal.failed("draft", error);
    deps.log.error("draft.refused", { conversation: claim.conversationId, turn: claim.turnId });
    return deps.store.draft(withoutRecord(input));
  }
}

function draftOf({ claim, journal, deps }: Turn, reply: Reply, parts: readonly Part[]): DraftInput {
  return {
    claim: claimRef(claim),
    parts: parts.map(({ id, message, quoteWaMessageId }) => ({
      id,
      message,
      text: describeOutbound(message),
      quoteWaMessageId,
    })),
    readings: reply.readings,
    language: reply.language === claim.customer.language ? null : reply.language,
    handoff: reply.handoff && {
      ...reply.handoff,
      ...waitFor(reply.handoff, reply.language, { claim, deps }),
    },
    toolCalls: journal.toolCalls,
    exchanges: null,
    evenIfOvertaken: claim.attempts >= STAND_FROM_ATTEMPT,
    leaseMs: deps.limits.leaseMs,
    record: journal.record(),
    usage: journal.usage(),
    repeat: reply.repeat,
    optOut: reply.optOut,
    act: actOf(reply, parts),
    actsTold: reply.actsTold ?? [],
  };
}

/** The act that the reply asks about, with the part that carries its buttons: the last. */
function actOf({ act }: Reply, parts: readonly Part[]): NonNullable<DraftInput["act"]> | null {
  const last = parts.at(-1);
  return act && last ? { ...act, messageId: last.id } : null;
}

/** The same draft with the reply and its rung alone. */
const withoutRecord = (input: DraftInput): DraftInput => ({
  ...input,
  readings: [],
  toolCalls: [],
  exchanges: null,
  handoff: input.handoff && { ...input.handoff, summary: "" },
  record: {
    ...input.record,
    confidence: null,
    guess: null,
    inputTokens: 0,
    cachedTokens: 0,
    outputTokens: 0,
    costUsd: null,
    models: null,
    stagesMs: {},
    traceId: null,
    errors: ["draft:refused"],
  },
});
