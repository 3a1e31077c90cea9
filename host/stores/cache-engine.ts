import type { Redis } from "ioredis";

/** Result of a command: text, a number, null, or a list of these. */
export type Reply = string | number | null | Reply[];

/** Executes Redis commands: a server, or a Redis inside this process. */
export interface CacheEngine {
  /** Throws an error with Redis's own words. */
  run(command: readonly string[]): Promise<Reply>;
  /** Executes commands atomically; each outcome is a reply or that command's error. */
  transaction(commands: readonly string[][]): Promise<(Reply | Error)[]>;
  close(): Promise<void>;
}

/** A Redis server through ioredis. Text only: values that are not UTF-8 do not survive. */
export function serverCache(redis: Redis): CacheEngine {
  // Each command reports its own failure.
  redis.on("error", () => {});
  return {
    run: async ([name = "", ...args]) => toReply(await redis.call(name, ...args)),
    async transaction(commands) {
      const outcomes = await redis.multi(commands.map((command) => ["call", ...command])).exec();
      return (outcomes ?? []).map(([error, reply]) => error ?? toReply(reply));
    },
    async close() {
      redis.disconnect();
    },
  };
}

/** Converts a client library's value back to its form on the wire. */
export function toReply(value: unknown): Reply {
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (Array.isArray(value)) return value.map(toReply);
  if (typeof value === "object" && value !== null) return Object.entries(value).flat().map(toReply);
  return null;
}
