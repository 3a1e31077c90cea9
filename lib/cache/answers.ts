import { z } from "zod";
import { parseJson } from "../json/lenient.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { AnswerCache } from "../types/cache.ts";
import { createBreaker } from "./breaker.ts";
import { createCacheKeys } from "./keys.ts";
import type { ScriptRunner } from "./scripts.ts";
import { createUpstashScripts } from "./upstash.ts";

export interface AnswerCacheOptions {
  url: string;
  /** Also hashes the keys. */
  token: string;
  /** Alternative to REST at `url`. */
  scripts?: ScriptRunner | undefined;
  /** Longest wait for the cache. */
  timeoutMs: number;
  log: Pick<Log, "warn">;
  now?: () => number;
}

const FIND = `return redis.call('GET', KEYS[1]) or ''`;
const KEEP = `
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1`;

const DAY_S = 86_400;
/** More than a reply's tokens can hold. */
const MAX_CHARACTERS = 4_000;

const entrySchema = z.object({ mark: z.string(), intent: z.string(), markdown: z.string().min(1) });

/**
 * Answers in Redis, for a day. A company has a set number of places, and a question's place follows from its hash: a newer question takes the
 * place of an older one, so that they never grow beyond it. A cache that fails or is slow is as one that has no answer.
 */
export function createAnswerCache(options: AnswerCacheOptions): AnswerCache {
  const { log, timeoutMs, now = Date.now } = options;
  const keys = createCacheKeys(options.token);
  const scripts = options.scripts ?? createUpstashScripts(options);
  const breaker = createBreaker(now, (error) => log.warn("cache.unavailable", { error: errorCode(error) }));
  return {
    async find(question) {
      const { place, mark } = keys.answer(question);
      const stored = await breaker.attempt(() => scripts.run(FIND, [place], [], timeoutMs));
      const entry = entrySchema.safeParse(typeof stored === "string" ? parseJson(stored) : null).data;
      // Another question may have the place.
      return entry?.mark === mark ? { intent: entry.intent, markdown: entry.markdown } : null;
    },
    async keep(question, { intent, markdown }) {
      if (markdown.length > MAX_CHARACTERS) return;
      const { place, mark } = keys.answer(question);
      const entry = JSON.stringify({ mark, intent, markdown });
      await breaker.attempt(() => scripts.run(KEEP, [place], [entry, String(DAY_S)], timeoutMs));
    },
  };
}
