import type { ConversationRow, Session } from "./tables.ts";

/** A conversation that just got a message is left alone for so long. */
const SETTLING_MS = 5_000;

/** Asked for fewer, `unreadConversations` looks at no more than so many of each number. */
const FEW = 10;
const OLDEST = 100;

/** `unread_conversations`. */
export function unreadConversations({ tables, now }: Session, limit: number): string[] {
  const since = ({ openSince }: ConversationRow) => openSince ?? Infinity;
  const waiting = tables.conversations
    .filter(({ receivedSeq, answeredSeq }) => receivedSeq > answeredSeq)
    .sort((a, b) => since(a) - since(b));
  const numbers = new Set(waiting.map(({ tenantId }) => tenantId));
  const ranked = [...numbers].flatMap((number) =>
    waiting
      .filter(({ tenantId }) => tenantId === number)
      .slice(0, limit < FEW ? OLDEST : undefined)
      .filter((talk) => (talk.leaseExpiresAt ?? talk.retryAt ?? since(talk) + SETTLING_MS) <= now())
      .map((talk, rank) => ({ talk, rank })),
  );
  ranked.sort((a, b) => a.rank - b.rank || since(a.talk) - since(b.talk));
  return ranked.slice(0, limit).map(({ talk }) => talk.id);
}
