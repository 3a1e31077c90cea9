import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Bytes of the digest that are kept: enough that no two of a trillion messages meet. */
const DIGEST_BYTES = 16;

/** Names of cache entries. They hold no phone number: message ids contain one too, so both are hashed with the token. */
export interface CacheKeys {
  message(messageKey: string): string;
  user(userKey: string): string;
}

/** `secret` keeps whoever reads the entries from trying out all phone numbers. */
export function createCacheKeys(secret: string): CacheKeys {
  // Not the platform's own hash: for so short a text the way to another thread and back costs more than the hash.
  const hash = (text: string): string =>
    bytesToHex(sha256(utf8ToBytes(`${secret}\n${text}`)).subarray(0, DIGEST_BYTES));
  return {
    message: (messageKey) => `chasqui:dup:${hash(messageKey)}`,
    user: (userKey) => `chasqui:rate:${hash(userKey)}`,
  };
}
