import type { Bytes } from "./content.ts";
import { hex } from "./formats.ts";

/** SHA-256 in lower-case hexadecimal digits. */
export async function digestOf(bytes: Bytes): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** A digest as given, hexadecimal (Graph API) or base64 (webhooks), in that form; null when absent or in another one. */
export function givenDigest(sha256: string | null): string | null {
  const text = sha256 ?? "";
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  return hex(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}
