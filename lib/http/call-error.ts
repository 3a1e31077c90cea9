import { errorCode } from "../telemetry/error-code.ts";

interface Failure {
  code: string;
  status?: number | null;
  text?: string | null;
  retryAfterMs?: number | null;
  retryable: boolean;
  cause?: unknown;
}

/** A call to another service that failed. Its message holds neither address nor body. */
export class CallError extends Error {
  override readonly name = "CallError";
  /** `http_<status>`, `timeout`, `aborted` (by the caller), `too_large`, or how the connection failed: `econnreset`, `connection`, … */
  readonly code: string;
  /** HTTP status of a refusal; null when no response came, or no whole one. */
  readonly status: number | null;
  /** Body of a refusal; null when it was too long or broke off. */
  readonly text: string | null;
  /** The service's `Retry-After`, at most 15 minutes. */
  readonly retryAfterMs: number | null;
  /** True when the same call may succeed later: 408, 429, 5xx, and failures of the connection. */
  readonly retryable: boolean;

  constructor({ code, status = null, text = null, retryAfterMs = null, retryable, cause }: Failure) {
    super(`The call failed: ${code}.`, { cause });
    this.code = code;
    this.status = status;
    this.text = text;
    this.retryAfterMs = retryAfterMs;
    this.retryable = retryable;
  }

  /**
   * True only when nothing was sent: the look-up or the connection failed. Node names the system call; on a runtime that
   * does not (the edge), every failure counts as possibly sent.
   */
  get neverSent(): boolean {
    const cause = this.cause instanceof Error ? this.cause.cause : undefined;
    // One error per address that was tried.
    if (cause instanceof AggregateError) return cause.errors.every(isConnectError);
    return isConnectError(cause);
  }
}

/** For `.catch`: the failure of a call as a value. Throws anything else. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  throw error;
}

/** The failure of a call whose response did not come, or broke off; not retryable when the caller ended it. */
export function brokenOff(cause: unknown, byCaller: boolean): CallError {
  return new CallError({ code: codeOf(cause), retryable: !byCaller, cause });
}

/** On the edge a lost connection is a TypeError without details. */
function codeOf(cause: unknown): string {
  const code = errorCode(cause);
  return code === "type_error" || code === "error" ? "connection" : code;
}

function isConnectError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const call = "syscall" in error ? error.syscall : undefined;
  const code = "code" in error ? error.code : undefined;
  return call === "connect" || call === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT";
}
