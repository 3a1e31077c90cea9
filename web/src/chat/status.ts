import type { ChatStatus } from "../../../contracts/chat.ts";

const PROGRESS: Record<ChatStatus, number> = {
  pending: 0,
  withheld: 0,
  sent: 1,
  failed: 2,
  delivered: 2,
  read: 3,
};

/** The further of two statuses: status reports arrive in any order. */
export function furthest(a: ChatStatus | null, b: ChatStatus | null | undefined): ChatStatus | null {
  if (!a || !b) return a ?? b ?? null;
  return PROGRESS[b] > PROGRESS[a] ? b : a;
}
