import { Redis } from "ioredis";
import { createDatabase } from "../../db/client.ts";
import {
  type FaultyNeon,
  type FaultyUpstash,
  startFaultyNeon,
  startFaultyUpstash,
} from "../../fakes/faults/stores.ts";
import { type CacheEngine, serverCache } from "../../host/stores/cache-engine.ts";
import { startEmbeddedCache } from "../../host/stores/embedded-cache.ts";
import { startNeonEndpoint } from "../../host/stores/neon.ts";
import { createSocketDatabase, type SocketDatabase } from "../../host/stores/postgres-sockets.ts";
import { createRedisScripts, type RedisScripts } from "../../host/stores/redis-scripts.ts";
import { createTestDatabase, type EngineName, type TestDatabase } from "./postgres.ts";
import { startRespEndpoint } from "./resp-endpoint.ts";

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
  /** The cache itself, likewise. */
  cacheEngine: CacheEngine;
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
    cacheEngine: cache,
    async close() {
      await upstash.close();
      await cache.close();
      await neon.close();
      await database.close();
    },
  };
}

/** A busy machine is no dead database. */
export const PATIENCE_MS = 30_000;
/** Each plans every statement anew, which takes longer than to wait for another. */
const CONNECTIONS = 4;

/** A test's own way to the database: by sockets, or through another endpoint where there is no server. */
export async function connectDatabase({ engine, serverUrl }: TestDatabase): Promise<SocketDatabase> {
  if (serverUrl !== null)
    return createSocketDatabase(serverUrl, { timeoutMs: PATIENCE_MS, maxConnections: CONNECTIONS });
  const endpoint = await startNeonEndpoint({ engine, password: "besides" });
  return { ...createDatabase(endpoint.url), close: endpoint.close };
}

/** The cache by a socket, as `npm start` reaches it. */
export async function connectCache(engine: CacheEngine): Promise<RedisScripts> {
  const endpoint = await startRespEndpoint(engine);
  const scripts = createRedisScripts(`redis://127.0.0.1:${endpoint.port}`);
  await scripts.opened;
  return {
    ...scripts,
    close() {
      scripts.close();
      void endpoint.close();
    },
  };
}

/** The Redis at `REDIS_URL` when that is set (CI), otherwise one in memory. */
export async function startCacheEngine(): Promise<CacheEngine> {
  const address = process.env.REDIS_URL;
  return address ? serverCache(new Redis(address)) : startEmbeddedCache(null);
}
