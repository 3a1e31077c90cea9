import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Redis } from "ioredis";
import RedisMock from "ioredis-mock";
import { z } from "zod";
import { makePrivate, makePrivateFolder } from "../machine/private-folder.ts";
import { type CacheEngine, type Reply, toReply } from "./cache-engine.ts";

const SAVE_EVERY_MS = 5_000;
const entries = z.array(z.tuple([z.string(), z.string(), z.number().nullable()]));
const commands = new Set(Redis.prototype.getBuiltinCommands());

/** Counts the databases of this process; ioredis-mock distinguishes them by port. */
let created = 0;

/**
 * Starts a small Redis inside this process. Its strings and their times to live are stored in `file` (null: not at all)
 * every few seconds and at close; an unreadable file is replaced, since a cache may forget.
 */
export async function startEmbeddedCache(file: string | null): Promise<CacheEngine> {
  const redis = new RedisMock(++created);
  const save = saver(redis, file);
  if (file) await makePrivate(file);
  if (file) await load(redis, file);
  // The first script takes long to start; no customer should wait for it.
  await redis.eval("return 1", 0);
  const timer = setInterval(save, SAVE_EVERY_MS).unref();
  const run = async (words: readonly string[]): Promise<Reply> => {
    const [name, ...args] = asMockExpects(words);
    const command: unknown = commands.has(name) && Reflect.get(redis, name);
    if (typeof command !== "function") throw new Error(`ERR unknown command '${name.slice(0, 64)}'`);
    return toReply(await command.apply(redis, args));
  };
  return {
    run,
    async transaction(list) {
      const outcomes = await redis.multi(list.map(asMockExpects)).exec();
      return (outcomes ?? []).map(([error, reply]) => error ?? toReply(reply));
    },
    async close() {
      clearInterval(timer);
      await save();
      redis.disconnect();
    },
  };
}

/** ioredis-mock needs command names in lower case and ignores the options of SET unless they are in upper case. */
function asMockExpects([name = "", ...args]: readonly string[]): [string, ...string[]] {
  const lower = name.toLowerCase();
  return [
    lower,
    ...(lower === "set" ? args.map((arg, index) => (index < 2 ? arg : arg.toUpperCase())) : args),
  ];
}

/** Saves all entries, one save at a time. */
function saver(redis: Redis, file: string | null): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    if (file) last = last.then(() => write(redis, file)).catch(() => {});
    return last;
  };
}

async function write(redis: Redis, file: string): Promise<void> {
  const saved: z.infer<typeof entries> = [];
  for (const key of await redis.keys("*")) {
    if ((await redis.type(key)) !== "string") continue;
    const [value, ttlMs] = await Promise.all([redis.get(key), redis.pttl(key)]);
    if (value !== null) saved.push([key, value, ttlMs >= 0 ? Date.now() + ttlMs : null]);
  }
  await makePrivateFolder(dirname(file));
  await writeFile(`${file}.new`, JSON.stringify(saved), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function load(redis: Redis, file: string): Promise<void> {
  for (const [key, value, expiresAtMs] of await readEntries(file)) {
    if (expiresAtMs === null) await redis.set(key, value);
    else if (expiresAtMs > Date.now()) await redis.set(key, value, "PX", expiresAtMs - Date.now());
  }
}

async function readEntries(file: string): Promise<z.infer<typeof entries>> {
  try {
    return entries.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return [];
  }
}
