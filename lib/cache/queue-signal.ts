import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { QueueSignal } from "../types/console/live.ts";
import type { Notifier } from "../types/notifier.ts";
import { createBreaker } from "./breaker.ts";
import type { ScriptRunner } from "./scripts.ts";
import { createUpstashScripts } from "./upstash.ts";

const RAISE = `
redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1`;

/** One comma-separated string, because Redis engines differ in how they return a table. */
const READ = `
local counters = {}
for i = 1, #KEYS do counters[#counters + 1] = redis.call('GET', KEYS[i]) or '0' end
return table.concat(counters, ',')`;

const TTL_S = 86_400;
const TIMEOUT_MS = 500;

export interface QueueSignalOptions {
  url: string;
  token: string;
  /** Alternative to REST at `url`. */
  scripts?: ScriptRunner | undefined;
  log: Pick<Log, "warn">;
  now?: () => number;
}

/** A counter per company in Redis. */
export function createQueueSignal(options: QueueSignalOptions): QueueSignal {
  const { log, now = Date.now } = options;
  const scripts = options.scripts ?? createUpstashScripts(options);
  const breaker = createBreaker(now, (error) => log.warn("cache.unavailable", { error: errorCode(error) }));
  const keyOf = (tenantId: string) => `chasqui:queue:${tenantId}`;
  return {
    async raise(tenantId) {
      await breaker.attempt(() => scripts.run(RAISE, [keyOf(tenantId)], [String(TTL_S)], TIMEOUT_MS));
    },
    read: (tenantIds) =>
      breaker.attempt(async () => {
        const answer = await scripts.run(READ, tenantIds.map(keyOf), [], TIMEOUT_MS);
        const counters = typeof answer === "string" ? answer.split(",").map(Number) : [];
        if (counters.length !== tenantIds.length || !counters.every(Number.isSafeInteger))
          throw new BadAnswer("not one counter per company");
        return counters;
      }),
  };
}

/** A notifier that raises the signal for every handoff, while operators are told. */
export const withQueueSignal = (notifier: Notifier, signal: QueueSignal): Notifier => ({
  ...notifier,
  async handoff(notice) {
    const [told] = await Promise.all([notifier.handoff(notice), signal.raise(notice.tenantId)]);
    return told;
  },
});

class BadAnswer extends Error {
  override readonly name = "BadAnswer";
}
