import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import type { ScriptRunner } from "../../lib/cache/scripts.ts";
import { within } from "../server/request-context.ts";

/** A Redis server over one persistent connection. */
export interface RedisScripts extends ScriptRunner {
  /** Resolves when the server has answered for the first time, or after 2 s. */
  opened: Promise<void>;
  close(): void;
}

const OPENING_MS = 2_000;
/** Silence after which the connection is replaced, since it may be cut without notice. */
const SILENCE_MS = 5_000;
const RECONNECT_MS = 500;

/** Connects to any Redis by its `redis://` or `rediss://` address. Without a connection calls fail at once. */
export function createRedisScripts(address: string): RedisScripts {
  const redis = new Redis(address, {
    ...{ enableOfflineQueue: false, autoResendUnfulfilledCommands: false, lazyConnect: true },
    // Commands of the same moment are sent together.
    enableAutoPipelining: true,
    ...{ connectTimeout: OPENING_MS, socketTimeout: SILENCE_MS, maxRetriesPerRequest: 0 },
    retryStrategy: () => RECONNECT_MS,
  });
  // Each call reports its own failure.
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

/** Sends the script's hash, and the script itself only when the server does not know it. */
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

/** Rejects with a TimeoutError when no answer has arrived in time. */
function answerWithin<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new DOMException("no answer in time", "TimeoutError"));
    // If this process was busy, the answer may have arrived unread: read it before giving up.
    const timer = setTimeout(() => setImmediate(giveUp), timeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
