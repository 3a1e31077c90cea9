/** A failed statement. Holds none of its values, because those are customers' words. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  /** PostgreSQL's SQLSTATE, or `timeout`, `unreachable`, `bad_answer`, `invalid_address`. */
  readonly code: string;

  constructor(code: string, detail = "") {
    super(`database: ${code}${detail && ` (${detail})`}`);
    this.code = code;
  }
}

/** Reduces a driver's error to what may be logged. */
export function toDatabaseError(error: unknown): DatabaseError {
  const failure: DriverFailure = typeof error === "object" && error !== null ? error : {};
  if (failure.code) return new DatabaseError(failure.code, detailOf(failure.code, failure));
  if (isTimeout(failure) || isTimeout(failure.sourceError)) return new DatabaseError("timeout");
  if (failure.sourceError) return new DatabaseError("unreachable");
  const status = /HTTP status (\d{3})/.exec(failure.message ?? "")?.[1];
  return status ? new DatabaseError("unreachable", `HTTP ${status}`) : new DatabaseError("bad_answer");
}

/** Fields of `NeonDbError` that are read here. */
interface DriverFailure {
  name?: string;
  message?: string;
  code?: string | undefined;
  constraint?: string | undefined;
  sourceError?: DriverFailure | undefined;
}

// Class 42 is a mistake in our own SQL; the server's message names columns and functions, never values.
function detailOf(code: string, { message, constraint }: DriverFailure): string {
  return (code.startsWith("42") && message) || (constraint ?? "");
}

function isTimeout(failure: DriverFailure | undefined): boolean {
  return failure?.name === "TimeoutError" || failure?.name === "AbortError";
}
