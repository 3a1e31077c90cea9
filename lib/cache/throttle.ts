import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { Counter, Throttle } from "../types/console/throttle.ts";
import { createBreaker } from "./breaker.ts";
import { createCacheKeys } from "./keys.ts";
import { ATTEMPT, FORGIVE, type ScriptRunner } from "./scripts.ts";

export interface ThrottleOptions {
  scripts: ScriptRunner;
  /** Hashes the keys. */
  token: string;
  log: Pick<Log, "warn">;
  now?: () => number;
}

const WINDOW_MS = 10 * 60_000;
/** People wait for a sign-in; a customer's message waits less. */
const TIMEOUT_MS = 1_000;
/** Counters kept in this process while the cache is away. */
const MAX_LOCAL = 10_000;

/**
 * Throttle by Redis. Without an answer the process counts by itself: on a machine of one's own that is the same limit, on Vercel each
 * instance has its own. So a cache that is away neither keeps the team out nor opens the door to guessing.
 */
export function createThrottle({ scripts, token, log, now = Date.now }: ThrottleOptions): Throttle {
  const { attempts } = createCacheKeys(token);
  const breaker = createBreaker(now, (error) => log.warn("cache.unavailable", { error: errorCode(error) }));
  const local = createLocalCounts(now);
  return {
    async attempt(counters) {
      const names = counters.map(({ name }) => attempts(name));
      const limits = [WINDOW_MS, ...counters.map(({ max }) => max)].map(String);
      const waitMs = await breaker.attempt(async () => {
        const answer = await scripts.run(ATTEMPT, names, limits, TIMEOUT_MS);
        if (typeof answer !== "string" || !/^\d{1,9}$/.test(answer)) throw new Error("not a time");
        return Number(answer);
      });
      return Math.ceil((waitMs ?? local.attempt(counters)) / 1_000);
    },
    async forgive(counters) {
      const names = counters.map(({ name }) => attempts(name));
      const done = await breaker.attempt(() => scripts.run(FORGIVE, names, [], TIMEOUT_MS));
      if (done === null) local.forgive(counters);
    },
  };
}

/** The same in this process's memory. */
function createLocalCounts(now: () => number) {
  const counts = new Map<string, { count: number; endsMs: number }>();
  const open = (name: string) => {
    const entry = counts.get(name);
    return entry && entry.endsMs > now() ? entry : null;
  };
  return {
    attempt(counters: readonly Counter[]): number {
      const waits = counters.map(({ name, max }) => {
        const entry = open(name);
        return entry && entry.count >= max ? entry.endsMs - now() : 0;
      });
      const waitMs = Math.max(0, ...waits);
      if (waitMs > 0) return waitMs;
      for (const { name } of counters) {
        const entry = open(name) ?? { count: 0, endsMs: now() + WINDOW_MS };
        counts.delete(name);
        counts.set(name, { ...entry, count: entry.count + 1 });
      }
      for (const [oldest] of counts) if (counts.size > MAX_LOCAL) counts.delete(oldest);
      return 0;
    },
    forgive(counters: readonly Counter[]): void {
      for (const { name } of counters) {
        const entry = open(name);
        if (entry) entry.count = Math.max(0, entry.count - 1);
      }
    },
  };
}
