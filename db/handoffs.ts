/** Handoffs: listing, taking over, handing back. */
import type { Database } from "./client.ts";

/** One conversation with an operator. */
export interface OpenHandoff {
  conversationId: string;
  reason: string;
  /** Summary for the operator. */
  summary: string;
  openedAt: string;
  /** True when the wait is over and the bot goes on meanwhile. */
  botGoesOn: boolean;
  customerName: string | null;
  customerPhone: string | null;
}

/** Conversations with an operator, longest waiting first; at most 200. */
export function openHandoffs(database: Database): Promise<OpenHandoff[]> {
  return database.sql<OpenHandoff>`
    select h.conversation_id as "conversationId", h.reason, h.summary, h.opened_at as "openedAt",
           c.status = 'bot' as "botGoesOn", u.name as "customerName", u.phone as "customerPhone"
      from handoffs h join conversations c on c.id = h.conversation_id join customers u on u.id = c.customer_id
      where h.handed_back_at is null order by h.opened_at limit 200`;
}

/** Hands a conversation back to the bot. False when no operator had it. */
export async function handBack(database: Database, conversationId: string): Promise<boolean> {
  const [row] = await database.sql<{ done: boolean }>`select hand_back(${conversationId}::uuid) as done`;
  return row?.done ?? false;
}

/** Takes a conversation over from the bot, whose current draft is withheld. False when the conversation does not exist. */
export async function takeOver(
  database: Database,
  conversationId: string,
  why: { reason: string; summary: string },
): Promise<boolean> {
  const [row] = await database.sql<{ done: boolean }>`
    select take_over(${conversationId}::uuid, ${why.reason}, ${why.summary}) as done`;
  return row?.done ?? false;
}
