import type { DraftInput, UsageToday } from "../../../lib/types/turn-store.ts";
import type { ConversationRow, Session } from "./tables.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const today = ({ now }: Session): number => Math.floor(now() / DAY_MS);

const numberKey = (session: Session, tenantId: string): string => `${tenantId}/${today(session)}`;

/** `usage_json`. */
export function usageToday(session: Session, conversation: ConversationRow): UsageToday {
  const isToday = conversation.usageDay === today(session);
  return {
    turns: isToday ? conversation.usageTurns : 0,
    soundSeconds: isToday ? conversation.usageSoundS : 0,
    numberUsd: session.tables.usageUsd.get(numberKey(session, conversation.tenantId)) ?? 0,
  };
}

/** `book_usage`. */
export function bookUsage(session: Session, conversation: ConversationRow, input: DraftInput): void {
  const { usd, soundSeconds } = input.usage;
  const { turns, soundSeconds: before, numberUsd } = usageToday(session, conversation);
  conversation.usageDay = today(session);
  conversation.usageTurns = turns + 1;
  conversation.usageSoundS = before + soundSeconds;
  conversation.repeat = input.repeat;
  session.tables.usageUsd.set(numberKey(session, conversation.tenantId), numberUsd + usd);
}
