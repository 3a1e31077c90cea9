import type { SimMessage, SimStatus } from "../api.ts";
import { further, type Simulation } from "./state.ts";

/** The emoji that each side has put on a message; null: none. */
export interface Reactions {
  customer: string | null;
  bot: string | null;
}

/** A message and what else its bubble shows. */
export interface Row {
  message: SimMessage;
  status: SimStatus | null;
  quoted: SimMessage | undefined;
  turnId: string | null;
  reactions: Reactions;
  /** Ids of the buttons and rows of it that were tapped. */
  tapped: ReadonlySet<string>;
}

const NONE: Reactions = { customer: null, bot: null };
const NOTHING: ReadonlySet<string> = new Set();

/** Every message that has a bubble of its own; reactions and taps show on the one they are about. */
export function rowsOf({ server, statuses, readIds }: Simulation): Row[] {
  if (!server) return [];
  const { messages } = server;
  const byWaId = new Map(messages.map((message) => [message.waMessageId, message]));
  const reactions = reactionsOf(messages);
  const taps = tapsOf(messages);
  // Customers' messages know their turn and whether they were read only through others.
  const turns = new Map(
    server.turns.flatMap(({ id, inboundIds, outboundIds }) =>
      [...inboundIds, ...outboundIds].map((messageId) => [messageId, id]),
    ),
  );
  return messages.filter(hasBubble).map((message) => {
    const { id, direction, waMessageId, quoteWaMessageId } = message;
    const turnId = turns.get(id) ?? null;
    const read = turnId !== null || readIds.includes(waMessageId ?? "");
    const reported = further(message.status, statuses[waMessageId ?? ""]);
    return {
      message,
      status: direction === "out" ? reported : read ? "read" : "delivered",
      quoted: quoteWaMessageId ? byWaId.get(quoteWaMessageId) : undefined,
      turnId,
      reactions: reactions.get(waMessageId ?? "") ?? NONE,
      tapped: taps.get(waMessageId ?? "") ?? NOTHING,
    };
  });
}

function hasBubble({ content, status }: SimMessage): boolean {
  return content?.kind !== "reaction" || status === "failed";
}

/** The last reaction of each side to each message, by WhatsApp id. */
function reactionsOf(messages: readonly SimMessage[]): Map<string, Reactions> {
  const found = new Map<string, Reactions>();
  for (const { content, direction, status } of messages) {
    if (content?.kind !== "reaction" || status === "failed" || status === "withheld") continue;
    const side = direction === "in" ? "customer" : "bot";
    const before = found.get(content.waMessageId) ?? NONE;
    found.set(content.waMessageId, { ...before, [side]: content.emoji || null });
  }
  return found;
}

function tapsOf(messages: readonly SimMessage[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { content, quoteWaMessageId } of messages) {
    if (content?.kind !== "tap" || quoteWaMessageId === null) continue;
    found.set(quoteWaMessageId, (found.get(quoteWaMessageId) ?? new Set()).add(content.id));
  }
  return found;
}
