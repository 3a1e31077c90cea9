/** Which addresses may be asked without encryption. */

/** Names of this machine, as `URL` writes them. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for a host that only this machine reaches; `hostname` as `URL` writes it. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Whether what is sent to `address` can be read on the way: plain http to a host that is neither this machine nor in
 * `allowed` (`host` or `host:port`).
 */
export function isExposed(address: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, host } = new URL(address);
  if (protocol !== "http:" || isLoopback(hostname)) return false;
  // `URL` leaves out the port of its protocol.
  return !allowed
    .map((name) => name.toLowerCase())
    .some((name) => name === hostname || name.replace(/:80$/, "") === host);
}
