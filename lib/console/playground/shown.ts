import type { ChatMessage } from "../../../contracts/chat.ts";
import type { PlaygroundAnswer, ReplayView } from "../../../contracts/console/playground.ts";
import type { StoredReplay, TrialAnswer } from "../../types/console/playground.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import { storedContent } from "../../whatsapp/content/outbound.ts";

/** An answer as the page shows it. */
export function shownAnswer({ record, messages, written, ...answer }: TrialAnswer): PlaygroundAnswer {
  return {
    messages: messages.map(({ message, text }, place) =>
      bubble({
        ...{ id: `answer-${place}`, direction: "out", text, content: message },
        type: message.kind === "text" ? "text" : "interactive",
      }),
    ),
    rung: record.rung,
    model: record.replyModel,
    inputTokens: record.inputTokens,
    outputTokens: record.outputTokens,
    costUsd: record.costUsd,
    written: answer.changed ? written : null,
    errors: record.errors,
    handoff: answer.handoff,
    asks: answer.asks,
    optsOut: answer.optsOut,
    firstTokenMs: answer.firstTokenMs,
    totalMs: answer.totalMs,
  };
}

/** A turn as the page shows it; its customer's phone stays here. */
export function shownReplay(turnId: string, stored: StoredReplay): ReplayView {
  const { conversationId, at, customer, turn } = stored;
  return {
    ...{ turnId, conversationId, at },
    customer: { name: customer.name, language: customer.language, hasPhone: customer.phone !== null },
    history: stored.history.map(bubble),
    question: stored.pending.map(bubble),
    original: {
      messages: stored.replies.map(bubble),
      intent: turn.intent,
      confidence: turn.confidence,
      decidedBy: turn.decidedBy,
      rung: turn.rung,
      model: turn.replyModel,
      costUsd: turn.costUsd,
      errors: turn.errors,
      respondMs: turn.respondMs,
      waitMs: turn.waitMs,
    },
  };
}

type Shown = Pick<StoredMessage, "id" | "direction" | "type" | "text"> &
  Partial<Pick<StoredMessage, "reading" | "timestampMs">> & { content: unknown };

/** A message that was never sent, or whose sending is of no interest. Files are named, not fetched. */
function bubble({ id, direction, type, text, content, reading, timestampMs }: Shown): ChatMessage {
  return {
    ...{ id, waMessageId: null, direction, type, text, reading: reading ?? null, at: timestampMs ?? 0 },
    author: direction === "in" ? "customer" : "bot",
    content: storedContent({ direction, type, content }, () => ""),
    ...{ quoteWaMessageId: null, status: null, metaCodes: [], turnId: null },
  };
}
