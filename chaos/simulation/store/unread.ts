import type { ConversationRow, Session } from "./tables.ts";

/** A conversation that just got a message is left alone for so long. */
const GRACE_MS = 5_000;

/** Below this limit, only the oldest of each number are looked at. */
const FEW = 10;
const OLDEST = 100;

/** `unread_conversations`. */
export function unreadConversations({ tables, now }: Session, limit: number): string[] {
  const since = ({ unreadSince }: ConversationRow) => unreadSince ?? Infinity;
  const waiting = tables.conversations
    .filter(({ receivedSeq, answeredSeq }) => receivedSeq > answeredSeq)
    .sort((a, b) => since(a) - since(b));
  const numbers = new Set(waiting.map(({ tenantId }) => tenantId));
  const ranked = [...numbers].flatMap((number) =>
    waiting
      .filter(({ tenantId }) => tenantId === number)
      .slice(0, limit < FEW ? OLDEST : undefined)
      .filter(
        (conversation) =>
          (conversation.leaseExpiresAt ?? conversation.retryAt ?? since(conversation) + GRACE_MS) <= now(),
      )
      .map((conversation, rank) => ({ conversation, rank })),
  );
  ranked.sort((a, b) => a.rank - b.rank || since(a.conversation) - since(b.conversation));
  return ranked.slice(0, limit).map(({ conversation }) => conversation.id);
}
