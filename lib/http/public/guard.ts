/** The guard before connections to addresses that somebody else chose. */
import { isExposed } from "../../config/plain-http.ts";
import { isPublicAddress } from "./address.ts";

/** All addresses of a host. */
export type Resolve = (hostname: string, signal?: AbortSignal) => Promise<readonly string[]>;

export interface GuardOptions {
  /** Null: `fetch` itself connects to public addresses only. */
  resolve: Resolve | null;
  /** Hosts (`host` or `host:port`) that may be private. */
  allowed: readonly string[];
  fetch?: typeof fetch | undefined;
}

/** Name of the error by which a connection to a private address is refused. */
const REFUSED_ADDRESS = "RefusedAddressError";

/** The error of a refused connection; names no address. */
export const refusedAddress = (): Error =>
  Object.assign(new Error("private address"), { name: REFUSED_ADDRESS });

/** True for an error that is, or wraps, a refused connection. */
export const isRefusedAddress = (error: unknown): boolean =>
  error instanceof Error && (error.name === REFUSED_ADDRESS || isRefusedAddress(error.cause));

/** True for a host that is allowed by name, as `host` or `host:port`. */
export const isAllowedHost = ({ host, hostname }: URL, allowed: readonly string[]): boolean =>
  allowed.some((name) => name.toLowerCase() === host || name.toLowerCase() === hostname);

/** True when a URL's host is allowed or has only public addresses. */
export async function isPublicHost(
  url: URL,
  { resolve, allowed }: Pick<GuardOptions, "resolve" | "allowed">,
  signal?: AbortSignal,
): Promise<boolean> {
  if (isAllowedHost(url, allowed)) return true;
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isPublicAddress(literal)) return true;
  if (literal.includes(":") || /^[\d.]+$/.test(literal)) return false;
  if (resolve === null) return true;
  const addresses = await resolve(url.hostname, signal);
  return addresses.length > 0 && addresses.every(isPublicAddress);
}

/**
 * `fetch` that refuses private and link-local addresses, credentials in the URL, and plain http to a host that is neither allowed nor in
 * `plainHttp`. Follows no redirect. Where the platform's `fetch` connects to what it has checked itself, nothing can change in between.
 */
export const createGuardedFetch =
  (options: GuardOptions & { plainHttp: readonly string[] }): typeof fetch =>
  async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const { fetch: fetcher = fetch, allowed, plainHttp } = options;
    const web = url.protocol === "https:" || url.protocol === "http:";
    const exposed = isExposed(url.href, [...allowed, ...plainHttp]);
    if (!web || url.username !== "" || url.password !== "" || exposed) throw refusedAddress();
    if (!(await isPublicHost(url, options, init.signal ?? undefined))) throw refusedAddress();
    const redirect = init.redirect === "error" ? "error" : "manual";
    return fetcher(url, { ...init, redirect });
  };
