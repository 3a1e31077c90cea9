import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { sameBytes } from "../same-bytes.ts";

const encoder = new TextEncoder();
/** Up to here the way to the platform's own HMAC, which is on another thread, costs more than the HMAC. */
const SMALL_BYTES = 8 * 1024;
const keys = new Map<string, Promise<CryptoKey>>();

/** A secret of an app at Meta, and the business numbers whose webhooks that app sends. */
export interface AppSecret {
  secret: string;
  phoneNumberIds: readonly string[];
}

/**
 * The numbers that a body may speak for: those of the secret under which `header` (`X-Hub-Signature-256`) is the
 * HMAC-SHA256 of these very bytes; null when no secret fits. One HMAC per entry of `secrets`, which is to name each
 * secret once. Never throws: whatever cannot be verified is null.
 */
export async function coveredNumbers(
  rawBody: Uint8Array,
  header: string | null,
  secrets: readonly AppSecret[],
): Promise<ReadonlySet<string> | null> {
  const verdicts = await judge(
    rawBody,
    header,
    secrets.map(({ secret }) => secret),
  );
  if (!verdicts.includes(true)) return null;
  return new Set(secrets.flatMap(({ phoneNumberIds }, index) => (verdicts[index] ? phoneNumberIds : [])));
}

/** Whether any of `secrets` signs these very bytes. Never throws. */
export async function verifySignature(
  rawBody: Uint8Array,
  header: string | null,
  secrets: readonly string[],
): Promise<boolean> {
  return (await judge(rawBody, header, secrets)).includes(true);
}

async function judge(
  rawBody: Uint8Array,
  header: string | null,
  secrets: readonly string[],
): Promise<boolean[]> {
  const signature = parseHeader(header);
  if (signature === null) return [];
  const body = new Uint8Array(rawBody);
  // All secrets are tried whatever the first one says, so the time taken does not tell which one fits.
  return Promise.all(secrets.map((secret) => verify(body, signature, secret)));
}

function parseHeader(header: string | null): Bytes | null {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  return hex === undefined
    ? null
    : Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

type Bytes = Uint8Array<ArrayBuffer>;

async function verify(body: Bytes, signature: Bytes, secret: string): Promise<boolean> {
  if (secret === "") return false; // anybody can sign with an empty secret
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
