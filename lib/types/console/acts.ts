/** Ports of the console: what operators do with a conversation. */
import type { RatingNotices } from "../ratings.ts";
import type { StoredRow } from "./inbox.ts";

/** Who does something to which conversation of which company. */
export interface ActRef {
  tenantId: string;
  operatorId: string;
  conversationId: string;
}

/**
 * Outcome of an act. `taken`, `not_yours`: the operator `by` has it; `no_member`: the company has no such agent;
 * `id_used`: something else has this id.
 */
export type ActOutcome =
  | { outcome: "done" | "not_found" | "no_member" | "id_used" }
  | { outcome: "taken" | "not_yours"; by: { id: string; name: string } };

/** Each call is one statement that locks the conversation. */
export interface Acts {
  /** `from`: the operator from whom it is taken on purpose. */
  take(ref: ActRef, from: string | null): Promise<ActOutcome>;
  /** `note`: what the bot should know. */
  giveBack(ref: ActRef, note: string | null): Promise<ActOutcome>;
  assign(ref: ActRef, memberId: string | null): Promise<ActOutcome>;
  snooze(ref: ActRef, untilMs: number | null): Promise<ActOutcome>;
  close(ref: ActRef, notices: RatingNotices): Promise<ActOutcome>;
  reopen(ref: ActRef): Promise<ActOutcome>;
  tag(ref: ActRef, tags: readonly string[]): Promise<ActOutcome>;
  /** Once for each `id`. */
  note(ref: ActRef, id: string, text: string): Promise<ActOutcome>;
  read(ref: ActRef): Promise<ActOutcome>;
  unflag(ref: ActRef): Promise<ActOutcome>;
  /** The row as it is now. */
  row(ref: ActRef): Promise<StoredRow | null>;
}
