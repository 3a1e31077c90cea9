import type { Redis } from "ioredis";

/** What a command gives: text, numbers, null, lists of them. */
export type Reply = string | number | null | Reply[];

/** Something that runs Redis commands: a server, or a Redis inside this process. */
export interface CacheEngine {
  /** Throws an error with Redis's own words. */
  run(command: readonly string[]): Promise<Reply>;
  /** All at once, nobody in between; each outcome is a reply or the error of that command. */
  transaction(commands: readonly string[][]): Promise<(Reply | Error)[]>;
  close(): Promise<void>;
}

/** A Redis server through ioredis. Text only: values that are not UTF-8 do not survive. */
export function serverCache(redis: Redis): CacheEngine {
  // Each command reports the failure by itself.
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

/** Brings what a client library made of an answer back to the shapes of the wire. */
export function toReply(value: unknown): Reply {
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (Array.isArray(value)) return value.map(toReply);
  if (typeof value === "object" && value !== null) return Object.entries(value).flat().map(toReply);
  return null;
}
