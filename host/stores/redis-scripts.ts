import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import type { ScriptRunner } from "../../lib/cache/scripts.ts";
import { within } from "../server/request-context.ts";

/** A Redis server over one connection that stays open. */
export interface RedisScripts extends ScriptRunner {
  /** Resolves when the server has answered for the first time, or after 2 s: it may come later. */
  opened: Promise<void>;
  close(): void;
}

const OPENING_MS = 2_000;
/** A server that says nothing for so long is connected to anew: the way to it may be cut without a word. */
const SILENCE_MS = 5_000;
const RECONNECT_MS = 500;

/** Any Redis by its `redis://` or `rediss://` address. Nothing waits for a connection: calls fail with it, and at once without. */
export function createRedisScripts(address: string): RedisScripts {
  const redis = new Redis(address, {
    ...{ enableOfflineQueue: false, autoResendUnfulfilledCommands: false, lazyConnect: true },
    // What is asked at the same moment goes out together.
    enableAutoPipelining: true,
    ...{ connectTimeout: OPENING_MS, socketTimeout: SILENCE_MS, maxRetriesPerRequest: 0 },
    retryStrategy: () => RECONNECT_MS,
  });
  // Each call reports the failure by itself.
  redis.on("error", () => {});
  const opening = redis.connect().catch(() => {});
  return {
    opened: within(OPENING_MS, opening),
    run: (script, keys, args, timeoutMs) => answerWithin(timeoutMs, evaluate(redis, script, keys, args)),
    async ping(timeoutMs) {
      await answerWithin(timeoutMs, redis.ping());
    },
    close: () => redis.disconnect(),
  };
}

/** Sends the script's hash; the script itself only to a server that has not seen it. */
async function evaluate(
  redis: Redis,
  script: string,
  keys: readonly string[],
  args: readonly string[],
): Promise<unknown> {
  const given = [keys.length, ...keys, ...args] as const;
  try {
    return await redis.evalsha(hashOf(script), ...given);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return redis.eval(script, ...given);
  }
}

const hashes = new Map<string, string>();

function hashOf(script: string): string {
  const hash = hashes.get(script) ?? createHash("sha1").update(script).digest("hex");
  hashes.set(script, hash);
  return hash;
}

/** Rejects with a TimeoutError when the time is over and the answer has not arrived. */
function answerWithin<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new DOMException("no answer in time", "TimeoutError"));
    // Where this process was busy meanwhile, the answer may be here unread: it is read before that is said.
    const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
