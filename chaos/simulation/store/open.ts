import type { ConversationRow, Session } from "./tables.ts";

/** A conversation that just got news is left alone for so long. */
const SETTLING_MS = 5_000;

/** `open_conversations` of 0004. */
export function openConversations({ tables, now }: Session, limit: number): string[] {
  const since = ({ openSince }: ConversationRow) => openSince ?? Infinity;
  const free = tables.conversations
    .filter((talk) => {
      const { leaseExpiresAt, retryAt, openSince } = talk;
      const freeAt = leaseExpiresAt ?? retryAt ?? (openSince === null ? Infinity : openSince + SETTLING_MS);
      return talk.receivedSeq > talk.answeredSeq && freeAt <= now();
    })
    .sort((a, b) => since(a) - since(b));
  const seen = new Map<string, number>();
  const ranked = free.map((talk) => {
    const rank = (seen.get(talk.tenantId) ?? 0) + 1;
    seen.set(talk.tenantId, rank);
    return { talk, rank };
  });
  ranked.sort((a, b) => a.rank - b.rank || since(a.talk) - since(b.talk));
  return ranked.slice(0, limit).map(({ talk }) => talk.id);
}
