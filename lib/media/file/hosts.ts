import { isLoopback } from "../../config/plain-http.ts";

/** Meta's media host, by its documentation and every recorded response. */
const META_MEDIA_HOST = "lookaside.fbsbx.com";

/**
 * True when the access token may go to this address: over https (plain http on loopback only), to the Graph API's own
 * host, to Meta's media host, or to one of `more` (`host`, `host:port`, or `*.host` for all below it).
 */
export function mayHaveToken(address: URL, graphUrl: string, more: readonly string[]): boolean {
  const { protocol, hostname, host, username, password } = address;
  if (username !== "" || password !== "") return false;
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) return false;
  const allowed = [new URL(graphUrl).host, META_MEDIA_HOST, ...more.map((name) => name.toLowerCase())];
  return allowed.some((name) => (name.startsWith("*.") ? host.endsWith(name.slice(1)) : host === name));
}
