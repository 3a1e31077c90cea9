import { sameBytes } from "./same-bytes.ts";

/** Compares two texts of any length in constant time, by their digests. */
export async function sameText(given: string, expected: string): Promise<boolean> {
  const digest = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [a, b] = await Promise.all([digest(given), digest(expected)]);
  return sameBytes(a, b);
}

/** True when the request carries this bearer token. */
export async function hasBearer(request: Request, token: string): Promise<boolean> {
  return sameText(request.headers.get("authorization") ?? "", `Bearer ${token}`);
}
