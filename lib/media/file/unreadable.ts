import { errorCode } from "../../telemetry/error-code.ts";
import type { Reading } from "../../types/media.ts";

/** Reasons why a medium cannot be read, as in `Reading`. */
export type Reason = Exclude<Extract<Reading, { kind: "unreadable" }>["reason"], "over_budget">;

/** Ends a reading. `code` and `host` are for maintainers and hold nothing that the customer sent. */
export class UnreadableError extends Error {
  readonly reason: Reason;
  readonly code: string;
  /** Host that may not receive the access token; null for every other failure. */
  readonly host: string | null;
  constructor(reason: Reason, code: string = reason, host: string | null = null) {
    super(`The medium cannot be read: ${code}.`);
    this.name = "UnreadableError";
    this.reason = reason;
    this.code = code;
    this.host = host;
  }
}

/** Reason for any failure while reading. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof UnreadableError) return error.reason;
  const code = errorCode(error);
  return code === "timeout" || code === "aborted" ? "timeout" : "failed";
}
