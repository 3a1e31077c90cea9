import { Redis } from "ioredis";
import {
  type FaultyNeon,
  type FaultyUpstash,
  startFaultyNeon,
  startFaultyUpstash,
} from "../../fakes/faults/stores.ts";
import { type CacheEngine, serverCache } from "../../host/stores/cache-engine.ts";
import { startEmbeddedCache } from "../../host/stores/embedded-cache.ts";
import { createTestDatabase, type EngineName, type TestDatabase } from "./postgres.ts";

/** Both stores of the bot on loopback, over the protocols of production. */
export interface TestStores {
  /** For `POSTGRES_URL`. */
  databaseUrl: string;
  /** For `KV_REST_API_URL` and `KV_REST_API_TOKEN`. */
  cache: { url: string; token: string };
  /** Counters and faults of the way to the database. */
  neon: FaultyNeon;
  /** Counters and faults of the way to the cache. */
  upstash: FaultyUpstash;
  /** The database itself, behind the endpoint: asking it is not counted. */
  database: TestDatabase;
  close(): Promise<void>;
}

/** Starts both stores with a migrated database; the cache is the Redis at `REDIS_URL`, or an embedded one. */
export async function startStores({
  engine = "PostgreSQL",
}: {
  engine?: EngineName;
} = {}): Promise<TestStores> {
  const database = await createTestDatabase(engine);
  const neon = await startFaultyNeon({ engine: database.engine, password: "only for tests" });
  const cache = await startCacheEngine();
  const upstash = await startFaultyUpstash({ engine: cache, token: "only-for-tests" });
  return {
    databaseUrl: neon.url,
    cache: { url: upstash.url, token: upstash.token },
    neon,
    upstash,
    database,
    async close() {
      await upstash.close();
      await cache.close();
      await neon.close();
      await database.close();
    },
  };
}

/** The Redis at `REDIS_URL` when that is set (CI), otherwise one in memory. */
export async function startCacheEngine(): Promise<CacheEngine> {
  const address = process.env.REDIS_URL;
  return address ? serverCache(new Redis(address)) : startEmbeddedCache(null);
}
