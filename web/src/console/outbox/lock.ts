import type { Role } from "../../../../contracts/console/access.ts";
import type { ConversationRow } from "../../../../contracts/console/inbox.ts";

/** Why a message cannot be written, or what writing it would do first; null: just write. */
export type Lock =
  /** Nothing can be sent. */
  | "viewer"
  | "optedOut"
  | "closed"
  /** A template can be sent. */
  | "window"
  /** Somebody else has it: it must be taken from them on purpose. */
  | "colleague"
  /** Sending takes it over. */
  | "bot"
  | "otherApp"
  | "waiting"
  | null;

/** Lock of a conversation for an operator. */
export function lockOf(row: ConversationRow, operatorId: string, role: Role, now: number): Lock {
  if (role === "viewer") return "viewer";
  if (row.optedOut) return "optedOut";
  if (row.closedAt !== null) return "closed";
  if (row.assignee !== null && row.assignee.id !== operatorId) return "colleague";
  if (row.windowEndsAt === null || row.windowEndsAt <= now) return "window";
  if (row.owner === "other_app") return "otherApp";
  if (row.owner === "bot") return "bot";
  return row.assignee === null ? "waiting" : null;
}

/** True when sending takes the conversation over by itself. */
export const takesOver = (lock: Lock): boolean => lock === "bot" || lock === "otherApp" || lock === "waiting";

/** True when free words cannot be sent, whoever has it. */
export const forbidsText = (lock: Lock): boolean =>
  lock === "viewer" || lock === "optedOut" || lock === "closed" || lock === "window";
