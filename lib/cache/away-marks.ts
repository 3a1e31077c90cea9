import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { AwayMarks } from "../types/alerts.ts";
import { createBreaker } from "./breaker.ts";
import type { ScriptRunner } from "./scripts.ts";

/** KEYS: since when, and whether it was told; ARGV: now and how long to wait in ms, lifetimes of both in seconds. */
const AWAY = `
local since = redis.call('GET', KEYS[1])
if not since then
  since = ARGV[1]
  redis.call('SET', KEYS[1], since, 'EX', ARGV[3])
end
if tonumber(ARGV[1]) - tonumber(since) < tonumber(ARGV[2]) then return 'wait' end
if redis.call('GET', KEYS[2]) then return 'known' end
redis.call('SET', KEYS[2], '1', 'EX', ARGV[4])
return 'tell'`;

const BACK = `
local since = redis.call('GET', KEYS[1]) or ''
local told = redis.call('GET', KEYS[2]) or ''
redis.call('DEL', KEYS[1])
redis.call('DEL', KEYS[2])
return since .. ',' .. told`;

const KEYS = ["chasqui:away:since", "chasqui:away:told"];
const DAY_S = 86_400;
const TIMEOUT_MS = 1_000;
const ANSWERS = ["wait", "tell", "known"] as const;

/** Marks in Redis; in this process's memory while the cache is away too, so that each instance tells it once. */
export function createAwayMarks(options: { scripts: ScriptRunner; log: Pick<Log, "warn"> }): AwayMarks {
  const { scripts, log } = options;
  const breaker = createBreaker(Date.now, (error) =>
    log.warn("cache.unavailable", { error: errorCode(error) }),
  );
  let own: { sinceMs: number; toldMs: number | null } | null = null;
  const awayHere = (nowMs: number, holdMs: number) => {
    own ??= { sinceMs: nowMs, toldMs: null };
    if (nowMs - own.sinceMs < holdMs) return "wait";
    if (own.toldMs !== null && nowMs - own.toldMs < DAY_S * 1_000) return "known";
    own.toldMs = nowMs;
    return "tell";
  };
  return {
    async away(nowMs, holdMs) {
      const lifetimes = [String(30 * DAY_S), String(DAY_S)];
      const answer = await breaker.attempt(() =>
        scripts.run(AWAY, KEYS, [String(nowMs), String(holdMs), ...lifetimes], TIMEOUT_MS),
      );
      const said = ANSWERS.find((each) => each === answer);
      if (said === undefined) return awayHere(nowMs, holdMs);
      own = null;
      return said;
    },
    async back() {
      const answer = await breaker.attempt(() => scripts.run(BACK, KEYS, [], TIMEOUT_MS));
      const [since = "", told = ""] = typeof answer === "string" ? answer.split(",") : [];
      const here = own && { sinceMs: own.sinceMs, told: own.toldMs !== null };
      own = null;
      return since === "" ? here : { sinceMs: Number(since), told: told !== "" || (here?.told ?? false) };
    },
  };
}
