import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { ImpersonalQuestion } from "../types/cache.ts";

/** Bytes kept of the digest: enough to avoid collisions among a trillion messages. */
const DIGEST_BYTES = 16;
/** Hexadecimal digits that name a place: 4,096 answers of a company. */
const PLACE_DIGITS = 3;

/** Keys of cache entries. They name customers and operators (message ids contain phone numbers too), so all are hashed with the token. */
export interface CacheKeys {
  message(messageKey: string): string;
  customer(customerKey: string): string;
  /** Of a counter of attempts to sign in. */
  attempts(name: string): string;
  /** The place of an answer among those of its company, and the mark of its question there. */
  answer(question: ImpersonalQuestion): { place: string; mark: string };
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
    answer({ tenantId, version, language, text }) {
      const mark = hash(JSON.stringify([tenantId, version, language, text]));
      return { place: `chasqui:answer:${hash(tenantId)}:${mark.slice(0, PLACE_DIGITS)}`, mark };
    },
  };
}
