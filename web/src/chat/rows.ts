import type { ChatMessage, ChatStatus } from "../../../contracts/chat.ts";
import type { TurnView } from "../../../contracts/turn.ts";
import { furthest } from "./status.ts";

/** Messages of one conversation and what is known of their turns and delivery. */
export interface Conversation {
  messages: readonly ChatMessage[];
  turns: readonly Pick<TurnView, "id" | "inboundIds" | "outboundIds">[];
  /** Status reports by WhatsApp id; they may arrive before their message. */
  statuses: Readonly<Record<string, ChatStatus>>;
  /** WhatsApp ids of the customer's messages that the bot has marked as read. */
  readIds: readonly string[];
}

/** Emoji that each side has put on a message, or null; the business's with who put it there. */
export interface Reactions {
  customer: string | null;
  business: string | null;
  businessAuthor: ChatMessage["author"];
}

/** One message with everything that its bubble shows. */
export interface Row {
  message: ChatMessage;
  status: ChatStatus | null;
  quoted: ChatMessage | undefined;
  turnId: string | null;
  reactions: Reactions;
  /** Ids of its buttons and list rows that were tapped. */
  tapped: ReadonlySet<string>;
}

const NO_REACTIONS: Reactions = { customer: null, business: null, businessAuthor: "bot" };
const NO_TAPS: ReadonlySet<string> = new Set();

/** One row per message with a bubble of its own; reactions and taps appear on the message they refer to. */
export function rowsOf({ messages, turns, statuses, readIds }: Conversation): Row[] {
  const byWaId = new Map(messages.map((message) => [message.waMessageId, message]));
  const reactions = reactionsOf(messages);
  const taps = tapsOf(messages);
  const turnIds = new Map(
    turns.flatMap(({ id, inboundIds, outboundIds }) =>
      [...inboundIds, ...outboundIds].map((messageId) => [messageId, id]),
    ),
  );
  return messages.filter(hasBubble).map((message) => {
    const { id, direction, waMessageId, quoteWaMessageId } = message;
    const turnId = turnIds.get(id) ?? null;
    const read = turnId !== null || readIds.includes(waMessageId ?? "");
    const reported = furthest(message.status, statuses[waMessageId ?? ""]);
    return {
      message,
      status: direction === "out" ? reported : read ? "read" : "delivered",
      quoted: quoteWaMessageId ? byWaId.get(quoteWaMessageId) : undefined,
      turnId,
      reactions: reactions.get(waMessageId ?? "") ?? NO_REACTIONS,
      tapped: taps.get(waMessageId ?? "") ?? NO_TAPS,
    };
  });
}

function hasBubble({ content, status }: ChatMessage): boolean {
  return content?.kind !== "reaction" || status === "failed";
}

/** Last reaction of each side to each message, by WhatsApp id. */
function reactionsOf(messages: readonly ChatMessage[]): Map<string, Reactions> {
  const found = new Map<string, Reactions>();
  for (const { content, direction, author, status } of messages) {
    if (content?.kind !== "reaction" || status === "failed" || status === "withheld") continue;
    const before = found.get(content.waMessageId) ?? NO_REACTIONS;
    const emoji = content.emoji || null;
    const now = direction === "in" ? { customer: emoji } : { business: emoji, businessAuthor: author };
    found.set(content.waMessageId, { ...before, ...now });
  }
  return found;
}

function tapsOf(messages: readonly ChatMessage[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { content, quoteWaMessageId } of messages) {
    if (content?.kind !== "tap" || quoteWaMessageId === null) continue;
    found.set(quoteWaMessageId, (found.get(quoteWaMessageId) ?? new Set()).add(content.id));
  }
  return found;
}
