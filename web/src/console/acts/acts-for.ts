import type { ConversationRow } from "../../../../contracts/console/inbox.ts";
import type { ActIconName } from "../outbox/act-icon.tsx";
import type { ShortcutName } from "../shell/shortcuts.ts";

/** What an operator can do; also the key of its words. */
export type ActKey =
  | "take"
  | "takeFrom"
  | "giveBack"
  | "assign"
  | "snooze"
  | "wake"
  | "tags"
  | "close"
  | "reopen"
  | "unflag";

/** One act that is possible now. */
export interface ActEntry {
  act: ActKey;
  icon: ActIconName;
  shortcut: ShortcutName;
  /** What is most probably wanted. */
  main: boolean;
}

/** The acts that a conversation allows, in the order of the bar. */
export function actsFor(row: ConversationRow, operatorId: string): ActEntry[] {
  const mine = row.assignee?.id === operatorId;
  const others = row.assignee !== null && !mine;
  const withPerson = row.owner === "human";
  const entry = (act: ActKey, icon: ActIconName, shortcut: ShortcutName, main = false): ActEntry => ({
    act,
    icon,
    shortcut,
    main,
  });
  return [
    row.closedAt !== null && entry("reopen", "reopen", "close", true),
    row.closedAt === null && !mine && !others && entry("take", "take", "take", true),
    row.closedAt === null && others && entry("takeFrom", "take", "take"),
    withPerson && entry("giveBack", "giveBack", "giveBack", mine),
    row.closedAt === null && entry("assign", "assign", "assign"),
    row.closedAt === null &&
      (row.snoozedUntil === null ? entry("snooze", "snooze", "snooze") : entry("wake", "snooze", "snooze")),
    entry("tags", "tags", "tag"),
    row.flaggedAt !== null && entry("unflag", "flag", "unflag"),
    row.closedAt === null && entry("close", "close", "close"),
  ].filter((possible) => possible !== false);
}
