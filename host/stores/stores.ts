import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Redis } from "ioredis";
import { readSchemaFiles } from "../../db/migrate/files.ts";
import { type Migrated, migrate } from "../../db/migrate/migrate.ts";
import { migrateServer } from "../../db/migrate/server.ts";
import type { Provided } from "../../lib/compose/deps.ts";
import type { Teardown } from "../lifecycle.ts";
import { isSet } from "../settings.ts";
import { type CacheEngine, serverCache } from "./cache-engine.ts";
import { startEmbeddedCache } from "./embedded-cache.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { startNeonEndpoint } from "./neon.ts";
import { createSocketDatabase } from "./postgres-sockets.ts";
import { createRedisScripts } from "./redis-scripts.ts";
import { type SqlEngine, serverEngine } from "./sql-engine.ts";
import { startUpstashEndpoint } from "./upstash.ts";

export interface StoreOptions {
  /** Embed a store whose variable is unset; otherwise it stays unset. */
  embed: boolean;
  /** Where embedded stores keep their data; null: nowhere. */
  dataDirectory: string | null;
  teardown: Teardown;
  /** Reach a plain PostgreSQL and a plain Redis by sockets, as `provided` says, instead of by an endpoint in front. */
  sockets?: boolean;
}

export interface Stores {
  /** What the variables do not name, because it is reached from this process alone. */
  provided: Provided;
  database: { local: boolean; detail: string };
  cache: { local: boolean; detail: string };
  /** Brings the schema up to date. */
  migrate(): Promise<Migrated>;
}

/** The bot's environment holds the cache's REST address; a cache that is reached by a socket has none. */
export const NO_REST = "http://localhost";

/**
 * Makes the stores named by the environment reachable in the way the bot speaks to them: a plain PostgreSQL or Redis
 * is provided by sockets, or gets an endpoint on loopback in front of it that its variable then names.
 */
export async function provideStores(environment: NodeJS.ProcessEnv, options: StoreOptions): Promise<Stores> {
  const provided: Provided = {};
  return {
    provided,
    ...(await provideDatabase(environment, options, provided)),
    cache: await provideCache(environment, options, provided),
  };
}

async function provideDatabase(
  environment: NodeJS.ProcessEnv,
  { embed, dataDirectory, teardown, sockets }: StoreOptions,
  provided: Provided,
): Promise<Pick<Stores, "database" | "migrate">> {
  const address = environment.POSTGRES_URL?.trim() ?? "";
  if (address === "" && embed) {
    const embedded = await startEmbeddedPostgres(dataDirectory && join(dataDirectory, "postgres"));
    teardown.add(embedded.close);
    environment.POSTGRES_URL = await neonInFront(embedded.engine, teardown);
    return {
      database: { local: true, detail: "embedded PostgreSQL (set POSTGRES_URL for another)" },
      migrate: async () => migrate(embedded.database, await readSchemaFiles()),
    };
  }
  const direct = environment.POSTGRES_URL_NON_POOLING?.trim() || address;
  const plain = isPlainPostgres(address) && environment.POSTGRES_HTTP !== "1";
  if (plain && sockets) {
    const database = createSocketDatabase(address);
    teardown.add(database.close);
    provided.database = database;
  } else if (plain) {
    const engine = serverEngine(address);
    teardown.add(engine.close);
    environment.POSTGRES_URL = await neonInFront(engine, teardown);
  }
  return {
    database: { local: false, detail: "the one in POSTGRES_URL" },
    migrate: () => migrateServer(direct),
  };
}

async function provideCache(
  environment: NodeJS.ProcessEnv,
  { embed, dataDirectory, teardown, sockets }: StoreOptions,
  provided: Provided,
): Promise<Stores["cache"]> {
  const address = environment.KV_REST_API_URL?.trim() ?? "";
  if (address === "" && embed) {
    const engine = await startEmbeddedCache(dataDirectory && join(dataDirectory, "cache.json"));
    await upstashInFront(engine, environment, teardown);
    return { local: true, detail: "embedded (set KV_REST_API_URL for another)" };
  }
  if (isRedis(address) && sockets) {
    const scripts = createRedisScripts(address);
    teardown.add(scripts.close);
    await scripts.opened;
    provided.scripts = scripts;
    environment.KV_REST_API_URL = NO_REST;
    environment.KV_REST_API_TOKEN = tokenOf(environment);
  } else if (isRedis(address)) {
    const redis = new Redis(address, { maxRetriesPerRequest: 1 });
    await upstashInFront(serverCache(redis), environment, teardown);
  }
  return { local: false, detail: "the one in KV_REST_API_URL" };
}

/** True for any PostgreSQL but Neon's pooled address, which the driver reaches by itself. */
function isPlainPostgres(address: string): boolean {
  if (!/^postgres(ql)?:/.test(address) || !URL.canParse(address)) return false;
  return !new URL(address).hostname.includes("-pooler.");
}

/** True for a Redis that does not speak REST. */
export function isRedis(address: string): boolean {
  return /^rediss?:\/\//.test(address);
}

async function neonInFront(engine: SqlEngine, teardown: Teardown): Promise<string> {
  const endpoint = await startNeonEndpoint({ engine, password: randomBytes(16).toString("hex") });
  teardown.add(endpoint.close);
  return endpoint.url;
}

async function upstashInFront(
  engine: CacheEngine,
  environment: NodeJS.ProcessEnv,
  teardown: Teardown,
): Promise<void> {
  teardown.add(engine.close);
  const token = tokenOf(environment);
  const endpoint = await startUpstashEndpoint({ engine, token });
  teardown.add(endpoint.close);
  environment.KV_REST_API_URL = endpoint.url;
  environment.KV_REST_API_TOKEN = token;
}

/** The one that is set, or a random one. */
function tokenOf(environment: NodeJS.ProcessEnv): string {
  return isSet(environment, "KV_REST_API_TOKEN")
    ? (environment.KV_REST_API_TOKEN ?? "")
    : randomBytes(16).toString("hex");
}
