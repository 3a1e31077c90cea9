import type { ConsoleError } from "../../../../contracts/console/access.ts";
import { BASE, forgetEarly, OWN, takeEarly } from "./early.ts";
import { reportReached } from "./reach.ts";

/** A refused or failed request. `code` is the server's, or `offline` when it was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** Seconds to wait, where the server says so. */
  readonly retryAfterS: number | null;
  /** The whole JSON answer, for what a code adds to it. */
  readonly body: unknown;
  constructor(status: number, code: string, more: Partial<Omit<ApiError, "status" | "code">> = {}) {
    super(more.message ?? code);
    this.status = status;
    this.code = code;
    this.requestId = more.requestId ?? null;
    this.retryAfterS = more.retryAfterS ?? null;
    this.body = more.body ?? null;
  }
}

/** What a request holds besides its path. */
export interface ApiOptions {
  /** Sent as JSON by POST; a Blob is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const signedOutListeners = new Set<() => void>();

/** Calls `listener` whenever the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** Calls the console's API: GET, or POST with a body. Throws ApiError. */
export async function api<T>(path: string, options: ApiOptions = {}): Promise<T> {
  const response = await request(path, options);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** Like `api`, with the response as it is: downloads and streams. Throws ApiError when it is not 2xx. */
export async function request(path: string, { body, headers, signal }: ApiOptions = {}): Promise<Response> {
  const init: RequestInit = { headers: { ...OWN, ...headers }, credentials: "same-origin" };
  if (signal) init.signal = signal;
  if (body instanceof Blob) Object.assign(init, { method: "POST", body });
  else if (body !== undefined) {
    const json = { ...OWN, "content-type": "application/json", ...headers };
    Object.assign(init, { method: "POST", body: JSON.stringify(body), headers: json });
  }
  if (init.method) forgetEarly();
  const askedAtMs = performance.now();
  const early = init.method || headers ? null : takeEarly(path);
  const response = await (early ?? fetch(BASE + path, init)).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    reportReached(false);
    throw new ApiError(0, "offline");
  });
  reportReached(true, askedAtMs);
  if (response.ok) return response;
  const error = await toError(response);
  if (error.code === "signed_out") for (const listener of signedOutListeners) listener();
  throw error;
}

async function toError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const { code = "unknown", message = "", requestId } = (body as ConsoleError | null)?.error ?? {};
  const retryAfterS = Number(response.headers.get("retry-after")) || null;
  return new ApiError(response.status, code, { message, requestId: requestId ?? null, retryAfterS, body });
}

/** True when the same request may succeed later: no connection, or trouble on the server. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500 || error.status === 429);
