import { readBody } from "../../http/body.ts";
import { boundedInteger } from "../../json/clean.ts";

/** What became of one request. */
export type Answer =
  /** Nothing was written: there was no connection. */
  | { kind: "unreached" }
  /** It may have been written, and no whole answer came back; `reason` is a name for the log. */
  | { kind: "unanswered"; reason: string }
  /** `body` is undefined when it was not JSON or over 64 KB; `retryAfterMs` null when the server named no time. */
  | { kind: "answered"; status: number; body: unknown; retryAfterMs: number | null };

const MAX_ANSWER_BYTES = 65_536;

/** POSTs JSON once. Never throws, follows no redirect (the token is for this address alone), reads a bounded answer. */
export async function postJson(
  fetcher: typeof fetch,
  url: string,
  request: { headers: Record<string, string>; body: unknown; timeoutMs: number; nowMs: number },
): Promise<Answer> {
  try {
    const response = await fetcher(url, {
      method: "POST",
      headers: { ...request.headers, "content-type": "application/json" },
      body: JSON.stringify(request.body),
      redirect: "manual",
      signal: AbortSignal.timeout(request.timeoutMs),
    });
    return {
      kind: "answered",
      status: response.status,
      body: parse(await answerText(response).catch(() => null)),
      retryAfterMs: retryAfter(response.headers.get("retry-after"), request.nowMs),
    };
  } catch (error) {
    return neverConnected(error) ? { kind: "unreached" } : { kind: "unanswered", reason: nameOf(error) };
  }
}

/** Null when it is too long. Read as a whole where HTTP itself ends it in time, which takes less than a stream. */
async function answerText(response: Response): Promise<string | null> {
  const { headers } = response;
  const bytes = headers.has("content-encoding") ? null : headers.get("content-length");
  if (bytes !== null && Number(bytes) <= MAX_ANSWER_BYTES) return response.text();
  const read = await readBody(response, MAX_ANSWER_BYTES);
  return read && new TextDecoder().decode(read);
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** However long a server wants to be left alone: our own longest pause between two tries of a turn. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/** Seconds or an HTTP date, as milliseconds from now. */
function retryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return boundedInteger(ms, { max: LONGEST_RETRY_AFTER_MS });
}

/**
 * Only failures to look up or connect prove that nothing was written: Node names the system call. On runtimes that do
 * not tell (the edge), every failure counts as unanswered.
 */
function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  // One error per address that was tried.
  if (cause instanceof AggregateError) return cause.errors.every(isConnectError);
  return isConnectError(cause);
}

function isConnectError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const call = "syscall" in error ? error.syscall : undefined;
  const code = "code" in error ? error.code : undefined;
  return call === "connect" || call === "getaddrinfo" || code === "UND_ERR_CONNECT_TIMEOUT";
}

function nameOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : error instanceof Error ? error.name : "unknown";
}
