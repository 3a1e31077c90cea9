/** Rules for plain http addresses. */

/** Names of this machine, in `URL`'s spelling. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for a host that only this machine can reach; `hostname` in `URL`'s spelling. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * True when data sent to `address` can be read on the way: plain http to a host that is neither this machine nor in
 * `allowed` (`host` or `host:port`).
 */
export function isExposed(address: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, host } = new URL(address);
  if (protocol !== "http:" || isLoopback(hostname)) return false;
  // `URL` omits the protocol's default port.
  return !allowed
    .map((name) => name.toLowerCase())
    .some((name) => name === hostname || name.replace(/:80$/, "") === host);
}
