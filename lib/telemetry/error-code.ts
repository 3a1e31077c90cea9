/** Depth of wrappers (`cause`, the AI SDK's `lastError`) that are followed. */
const MAX_DEPTH = 4;

const WELL_FORMED = /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/;

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** A stable short code (`http_429`, `timeout`, `pg_23505`, `econnrefused`, `ai_no_object_generated_error`), never the message. */
export function errorCode(error: unknown): string {
  return codeOf(error, 0) ?? "unknown";
}

/** Data exceptions (class 22), program limits such as nesting depth (54), `not null` and `check` constraints. */
const DATA_ERROR = /^pg_(22|54)[0-9a-z]{3}$|^pg_235(02|14)$/;

/** True when PostgreSQL, or JSON (too deep, too long), refused a statement's values; a retry would fail, other values may not. */
export function isDataError(error: unknown): boolean {
  return error instanceof RangeError || DATA_ERROR.test(errorCode(error));
}

function codeOf(error: unknown, depth: number): string | null {
  if (!isObject(error) || depth > MAX_DEPTH) return null;
  const name = typeof error.name === "string" ? error.name : "";
  if (name === "TimeoutError" || name === "AbortError")
    return name === "TimeoutError" ? "timeout" : "aborted";
  const own = statusCode(error) ?? ownCode(error);
  if (own) return own;
  const inner = codeOf(error.lastError, depth + 1) ?? codeOf(error.cause, depth + 1);
  // A generic wrapper says less than the wrapped error; an error with its own name says more.
  if (inner && (isPlain(name) || name === "AI_RetryError" || name === "AI_APICallError")) return inner;
  return WELL_FORMED.test(name) ? snakeCase(name) : inner;
}

function statusCode(error: Fields): string | null {
  const status = error.statusCode ?? error.status;
  return typeof status === "number" && status >= 400 && status <= 599 ? `http_${status}` : null;
}

function ownCode(error: Fields): string | null {
  const { code } = error;
  if (typeof code !== "string") return null;
  if (/^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)) return `pg_${code.toLowerCase()}`;
  return WELL_FORMED.test(code) && !/\d{5}/.test(code) ? code.toLowerCase().replace(/[.-]/g, "_") : null;
}

const isPlain = (name: string): boolean => name === "Error" || name === "TypeError" || name === "";

const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[.-]/g, "_")
    .toLowerCase();
