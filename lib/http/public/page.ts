import { readBody } from "../body.ts";
import { type GuardOptions, isAllowedHost, isPublicHost, isRefusedAddress } from "./guard.ts";

/** Why a page was not read. */
export type PageRefusal =
  | "address"
  | "private"
  | "redirects"
  | "status"
  | "kind"
  | "too_large"
  | "timeout"
  | "unreachable";

/** A page of the web, or why there is none. */
export type Page = { html: string; kind: "html" | "text" } | { refused: PageRefusal; status?: number };

export type PublicPage = (url: string) => Promise<Page>;

const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;
const KINDS = [
  ["text/html", "html"],
  ["application/xhtml+xml", "html"],
  ["text/plain", "text"],
  ["text/markdown", "text"],
] as const;

/**
 * Reads pages of public addresses: every address that the host resolves to is looked at, for each redirect too, before a connection is
 * made. Where the platform's `fetch` connects to what it has checked itself, nothing can change in between (host/public-fetch.ts).
 */
export const createPublicPage =
  (options: GuardOptions): PublicPage =>
  async (address) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      return await follow(address, MAX_REDIRECTS, { ...options, signal });
    } catch (error) {
      if (isRefusedAddress(error)) return { refused: "private" };
      return { refused: signal.aborted ? "timeout" : "unreachable" };
    }
  };

async function follow(
  address: string,
  left: number,
  options: GuardOptions & { signal: AbortSignal },
): Promise<Page> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const web =
    url &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    url.username === "" &&
    url.password === "";
  if (!url || !web) return { refused: "address" };
  if (!(await isPublic(url, options))) return { refused: "private" };
  const { fetch: fetcher = fetch, signal } = options;
  const headers = {
    accept: "text/html, text/plain;q=0.8",
    "user-agent": "Chasqui (reads a page that its owner imports)",
  };
  const response = await fetcher(url.href, { headers, redirect: "manual", signal });
  const location = response.headers.get("location");
  if (response.status >= 300 && response.status < 400 && location !== null) {
    await response.body?.cancel();
    if (left === 0) return { refused: "redirects" };
    const next = URL.canParse(location, url.href) ? new URL(location, url.href).href : "";
    return follow(next, left - 1, options);
  }
  return read(response);
}

/** Other ports are services of a network more often than pages. */
const isPublic = async (url: URL, options: GuardOptions): Promise<boolean> =>
  (url.port === "" || isAllowedHost(url, options.allowed)) && isPublicHost(url, options);

async function read(response: Response): Promise<Page> {
  if (!response.ok) {
    await response.body?.cancel();
    return { refused: "status", status: response.status };
  }
  const type = (response.headers.get("content-type") ?? "").toLowerCase();
  const kind = KINDS.find(([name]) => type.startsWith(name))?.[1];
  if (!kind) {
    await response.body?.cancel();
    return { refused: "kind" };
  }
  const bytes = await readBody(response, MAX_BYTES);
  if (bytes === null) return { refused: "too_large" };
  return { html: decode(bytes, /charset=["']?([\w-]{1,40})/.exec(type)?.[1]), kind };
}

function decode(bytes: Uint8Array, charset = "utf-8"): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
