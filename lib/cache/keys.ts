import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Bytes kept of the digest: enough to avoid collisions among a trillion messages. */
const DIGEST_BYTES = 16;

/** Keys of cache entries. They name customers and operators (message ids contain phone numbers too), so all are hashed with the token. */
export interface CacheKeys {
  message(messageKey: string): string;
  customer(customerKey: string): string;
  /** Of a counter of attempts to sign in. */
  attempts(name: string): string;
}

/** Creates keys hashed with `secret`, so that entries cannot be matched against all phone numbers. */
export function createCacheKeys(secret: string): CacheKeys {
  // Not the platform's hash: for short texts the trip to another thread costs more than hashing.
  const hash = (text: string): string =>
    bytesToHex(sha256(utf8ToBytes(`${secret}\n${text}`)).subarray(0, DIGEST_BYTES));
  return {
    message: (messageKey) => `chasqui:dup:${hash(messageKey)}`,
    customer: (customerKey) => `chasqui:rate:${hash(customerKey)}`,
    attempts: (name) => `chasqui:tries:${hash(name)}`,
  };
}
