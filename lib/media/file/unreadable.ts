import { errorCode } from "../../telemetry/error-code.ts";
import type { Reading } from "../../types/media.ts";

/** Why nothing can be said of a medium; the words of `Reading`. */
export type Reason = Exclude<Extract<Reading, { kind: "unreadable" }>["reason"], "over_budget">;

/** Ends a reading. `code` and `host` say more to those who operate the bot, and nothing of what was sent. */
export class UnreadableError extends Error {
  readonly reason: Reason;
  readonly code: string;
  /** The host that was refused the access token; null for every other failure. */
  readonly host: string | null;
  constructor(reason: Reason, code: string = reason, host: string | null = null) {
    super(`The medium cannot be read: ${code}.`);
    this.name = "UnreadableError";
    this.reason = reason;
    this.code = code;
    this.host = host;
  }
}

/** The reason of any failure on the way to a reading. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof UnreadableError) return error.reason;
  const code = errorCode(error);
  return code === "timeout" || code === "aborted" ? "timeout" : "failed";
}
