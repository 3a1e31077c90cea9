import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { ChainMark } from "../types/cache.ts";
import { createBreaker } from "./breaker.ts";
import type { ScriptRunner } from "./scripts.ts";

const BEGIN = `
if redis.call('GET', KEYS[1]) then return 0 end
redis.call('SET', KEYS[1], '1', 'EX', ARGV[1])
return 1`;
const END = `
redis.call('DEL', KEYS[1])
return 1`;

const KEYS = ["chasqui:chain"];
/** Longer than a hop: its pause, its turns and the call. */
const LIFETIME_S = 90;
const TIMEOUT_MS = 1_000;

/** The mark in Redis; while the cache is away each process may begin one chain in a mark's lifetime. */
export function createChainMark(options: {
  scripts: ScriptRunner;
  log: Pick<Log, "warn">;
  now: () => number;
}): ChainMark {
  const { scripts, log, now } = options;
  const breaker = createBreaker(now, (error) => log.warn("cache.unavailable", { error: errorCode(error) }));
  let ownUntilMs = 0;
  const beginHere = () => {
    if (now() < ownUntilMs) return false;
    ownUntilMs = now() + LIFETIME_S * 1_000;
    return true;
  };
  return {
    async begin() {
      const begun = await breaker.attempt(() => scripts.run(BEGIN, KEYS, [String(LIFETIME_S)], TIMEOUT_MS));
      return begun === null ? beginHere() : Number(begun) === 1;
    },
    async end() {
      ownUntilMs = 0;
      return (await breaker.attempt(() => scripts.run(END, KEYS, [], TIMEOUT_MS))) !== null;
    },
  };
}
