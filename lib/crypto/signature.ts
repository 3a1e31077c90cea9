import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { sameBytes } from "./same-bytes.ts";

const encoder = new TextEncoder();
/** Up to this size the trip to the platform's HMAC on another thread costs more than the HMAC itself. */
const SMALL_BYTES = 8 * 1024;
/** Bytes hashed for one body, whatever the number of secrets: at most some 70 ms of one core. */
const MAX_HASHED_BYTES = { small: 4 * 1024 * 1024, large: 32 * 1024 * 1024 };
const keys = new Map<string, Promise<CryptoKey>>();

/** An app secret and the business numbers whose webhooks that app sends. */
export interface AppSecret {
  secret: string;
  phoneNumberIds: readonly string[];
}

/** The 32 bytes of an `X-Hub-Signature-256` header; null when it is malformed. */
export function parseSignature(header: string | null): Bytes | null {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  return hex === undefined
    ? null
    : Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/**
 * Numbers that a body is signed for: those of the secret whose HMAC-SHA256 of these bytes is `signature`; null when none
 * matches. `secrets` must be distinct. Never throws: a failed verification gives null.
 *
 * Secrets are tried in turn. When the body is too large to try all, those of the numbers that it names come first. The
 * timing reveals which secret matches only to a sender who has it.
 */
export async function numbersSignedFor(
  rawBody: Uint8Array,
  signature: Bytes | null,
  secrets: readonly AppSecret[],
): Promise<ReadonlySet<string> | null> {
  if (signature === null) return null;
  const body = new Uint8Array(rawBody);
  const size = body.byteLength;
  const most = size <= SMALL_BYTES ? MAX_HASHED_BYTES.small : MAX_HASHED_BYTES.large;
  const tries = Math.floor(most / Math.max(size, 1));
  const candidates = tries < secrets.length ? likeliestFirst(secrets, body).slice(0, tries) : secrets;
  for (const { secret, phoneNumberIds } of candidates) {
    if (await verify(body, signature, secret)) return new Set(phoneNumberIds);
  }
  return null;
}

/**
 * Secrets ordered by how many of their numbers the body names. Only a hint, because the bytes are not verified yet: a
 * large body from Meta always names its number, and that number's app signs it.
 */
function likeliestFirst(secrets: readonly AppSecret[], body: Bytes): AppSecret[] {
  const text = new TextDecoder("latin1").decode(body);
  const named = new Set<string>();
  for (const [, id = ""] of text.matchAll(/"phone_number_id"\s{0,8}:\s{0,8}"(\d{1,32})"/g)) named.add(id);
  const score = ({ phoneNumberIds }: AppSecret) => phoneNumberIds.filter((id) => named.has(id)).length;
  return secrets
    .map((secret) => ({ secret, named: score(secret) }))
    .sort((left, right) => right.named - left.named)
    .map(({ secret }) => secret);
}

type Bytes = Uint8Array<ArrayBuffer>;

async function verify(body: Bytes, signature: Bytes, secret: string): Promise<boolean> {
  if (secret === "") return false; // anyone can sign with an empty secret
  if (body.byteLength <= SMALL_BYTES) return sameBytes(hmac(sha256, encoder.encode(secret), body), signature);
  try {
    return await crypto.subtle.verify("HMAC", await importKey(secret), signature, body);
  } catch {
    return false;
  }
}

function importKey(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["verify"]);
  keys.set(secret, key);
  return key;
}
