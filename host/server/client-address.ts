const addresses = new WeakMap<Request, string | null>();

/** Address of the client of a request, as the socket or the trusted proxies say; null when only a proxy's is known. */
export const clientAddress = (request: Request): string | null => addresses.get(request) ?? null;

/**
 * Notes where a request comes from: the socket's other end or, behind `hops` proxies that each add to X-Forwarded-For, the entry that
 * the outermost of them wrote. What the client itself put into that header stands further left and is never read.
 */
export function noteClient(request: Request, socketAddress: string | undefined, hops: number): void {
  const forwarded = request.headers.get("x-forwarded-for");
  const written = forwarded?.split(",").at(-hops)?.trim();
  if (hops > 0 && written) addresses.set(request, written);
  // A proxy on this machine that nobody has told us of: its address stands for everybody's.
  else if (forwarded !== null && isLoopback(socketAddress)) addresses.set(request, null);
  else addresses.set(request, socketAddress ?? null);
}

const isLoopback = (address = ""): boolean => /^(::1$|(::ffff:)?127\.)/.test(address);
