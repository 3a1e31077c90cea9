import type { DraftInput, UsageToday } from "../../../lib/types/turn-store.ts";
import type { ConversationRow, Session } from "./tables.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

const today = ({ now }: Session): number => Math.floor(now() / DAY_MS);

const numberKey = (session: Session, tenantId: string): string => `${tenantId}/${today(session)}`;

/** `usage_json`. */
export function usageToday(session: Session, talk: ConversationRow): UsageToday {
  const isToday = talk.usageDay === today(session);
  return {
    turns: isToday ? talk.usageTurns : 0,
    soundSeconds: isToday ? talk.usageSoundS : 0,
    numberUsd: session.tables.usageUsd.get(numberKey(session, talk.tenantId)) ?? 0,
  };
}

/** `book_usage`. */
export function bookUsage(session: Session, talk: ConversationRow, input: DraftInput): void {
  const { usd, soundSeconds } = input.usage;
  const { turns, soundSeconds: before, numberUsd } = usageToday(session, talk);
  talk.usageDay = today(session);
  talk.usageTurns = turns + 1;
  talk.usageSoundS = before + soundSeconds;
  talk.repeat = input.repeat;
  session.tables.usageUsd.set(numberKey(session, talk.tenantId), numberUsd + usd);
}
