import type { Bytes } from "./content.ts";
import { hex } from "./formats.ts";
import { UnreadableError } from "./unreadable.ts";

/**
 * Throws UnreadableError when the bytes do not match the digest, hexadecimal (Graph API) or base64 (webhooks).
 * An absent digest, or one in another form, is not checked.
 */
export async function checkDigest(bytes: Bytes, sha256: string | null): Promise<void> {
  const expected = hexOf(sha256 ?? "");
  if (expected === null) return;
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  if (hex(new Uint8Array(digest)) !== expected) throw new UnreadableError("failed", "wrong_digest");
}

function hexOf(text: string): string | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  return hex(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
}
