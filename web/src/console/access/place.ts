let place: string | null = null;

/** Notes where somebody wanted to go before signing in; in memory, since an address may name a conversation. */
export function rememberPlace(path: string): void {
  place = path;
}

/** Where to go after signing in. */
export function takePlace(): string {
  const taken = place ?? "/";
  place = null;
  return taken;
}
