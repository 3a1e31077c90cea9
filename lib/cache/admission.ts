import { boundedInteger } from "../json/clean.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { Admission, AdmissionCache } from "../types/cache.ts";
import { createBreaker } from "./breaker.ts";
import { createCacheKeys } from "./keys.ts";
import { ADMIT, MARK_STORED, type ScriptRunner } from "./scripts.ts";
import { createUpstashScripts } from "./upstash.ts";

export interface AdmissionCacheOptions {
  url: string;
  /** Also hashes the keys, so that entries do not reveal customers. */
  token: string;
  /** Alternative to REST at `url`. */
  scripts?: ScriptRunner | undefined;
  /** Messages a customer may send per window; the window begins with the first. */
  rateLimit: { max: number; windowS: number };
  /** Longest wait for the cache; 80 ms by default. */
  timeoutMs?: number;
  log: Pick<Log, "warn">;
  now?: () => number;
}

const DEFAULT_TIMEOUT_MS = 80;
/** Longer than a message's limit, because a health check may open the connection. */
const PING_TIMEOUT_MS = 2_000;
/** Longer than the seven days in which Meta redelivers. */
const MARK_TTL_S = 8 * 24 * 60 * 60;
/** Messages per script, because a running script blocks all others; the database decides about the rest. */
const MAX_BATCH = 2_000;

const UNKNOWN: Admission = { verdict: "unknown", retryAfterS: null };

/** Admission by Redis. When the cache is slow, down or gives an invalid answer, the verdict is `unknown`. */
export function createAdmissionCache(options: AdmissionCacheOptions): AdmissionCache {
  const { rateLimit, log, now = Date.now, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const keys = createCacheKeys(options.token);
  const scripts = options.scripts ?? createUpstashScripts(options);
  const breaker = createBreaker(now, (error) => log.warn("cache.unavailable", { error: errorCode(error) }));
  const admitArguments = [rateLimit.max, rateLimit.windowS * 1_000, MARK_TTL_S].map(String);

  return {
    async admit(messages) {
      const asked = messages.slice(0, MAX_BATCH);
      const verdicts = await breaker.attempt(async () => {
        if (asked.length === 0) return [];
        const pairs = asked.flatMap((each) => [
          keys.message(each.messageKey),
          keys.customer(each.customerKey),
        ]);
        const answer = await scripts.run(ADMIT, pairs, admitArguments, timeoutMs);
        return parseVerdicts(answer, asked.length, rateLimit.windowS);
      });
      return messages.map((_, index) => verdicts?.[index] ?? UNKNOWN);
    },

    async markStored(messageKeys) {
      if (messageKeys.length === 0) return;
      await breaker.attempt(async () => {
        const marks = messageKeys.slice(0, MAX_BATCH).map(keys.message);
        await scripts.run(MARK_STORED, marks, [String(MARK_TTL_S)], timeoutMs);
      });
    },

    ping: () => scripts.ping(PING_TIMEOUT_MS),
  };
}

/** Throws unless the answer is one known verdict per message. */
function parseVerdicts(answer: unknown, count: number, windowS: number): Admission[] {
  const words = typeof answer === "string" && answer !== "" ? answer.split(",") : [];
  if (words.length !== count) throw new BadAnswer("not one verdict per message");
  return words.map((word) => parseVerdict(word, windowS));
}

function parseVerdict(word: string, windowS: number): Admission {
  if (word === "new" || word === "duplicate") return { verdict: word, retryAfterS: null };
  const leftMs = /^limited:(-?\d{1,15})$/.exec(word)?.[1];
  if (leftMs === undefined) throw new BadAnswer("not a verdict");
  // The window may have just ended; a notice says at least one second.
  const retryAfterS = boundedInteger(Math.ceil(Number(leftMs) / 1_000), { min: 1, max: windowS });
  return { verdict: "limited", retryAfterS };
}

class BadAnswer extends Error {
  override readonly name = "BadAnswer";
}
