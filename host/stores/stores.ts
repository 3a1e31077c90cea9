import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Redis } from "ioredis";
import { readSchemaFiles } from "../../db/migrate/files.ts";
import { type Migrated, migrate } from "../../db/migrate/migrate.ts";
import { migrateServer } from "../../db/migrate/server.ts";
import type { Platform } from "../../lib/compose/platform.ts";
import type { Teardown } from "../machine/lifecycle.ts";
import { isSet } from "../machine/settings.ts";
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
  /** Reach a plain PostgreSQL and a plain Redis by sockets, as `own` says, instead of by an endpoint in front. */
  sockets?: boolean;
}

export interface Stores {
  /** Reached from this process alone, by sockets. */
  own: Pick<Platform, "database" | "scripts">;
  /** The environment, completed with the addresses of what was started. */
  environment: NodeJS.ProcessEnv;
  database: { local: boolean; detail: string };
  cache: { local: boolean; detail: string };
  /** Brings the schema up to date. */
  migrate(): Promise<Migrated>;
}

/** The bot's environment holds the cache's REST address; a cache that is reached by a socket has none. */
export const NO_REST = "http://localhost";

/**
 * Makes the stores named by the environment reachable in the way the bot speaks to them: a plain PostgreSQL or Redis
 * by sockets, as `own` says, or by an endpoint on loopback in front of it that its variable then names.
 */
export async function provideStores(environment: NodeJS.ProcessEnv, options: StoreOptions): Promise<Stores> {
  const { migrate, ...database } = await provideDatabase(environment, options);
  const cache = await provideCache(environment, options);
  return {
    own: { ...database.own, ...cache.own },
    environment: { ...environment, ...database.variables, ...cache.variables },
    database: database.service,
    cache: cache.service,
    migrate,
  };
}

interface ProvidedStore {
  own?: Stores["own"];
  /** Variables that name what was started. */
  variables?: NodeJS.ProcessEnv;
  service: { local: boolean; detail: string };
}

async function provideDatabase(
  environment: NodeJS.ProcessEnv,
  { embed, dataDirectory, teardown, sockets }: StoreOptions,
): Promise<ProvidedStore & Pick<Stores, "migrate">> {
  const address = environment.POSTGRES_URL?.trim() ?? "";
  if (address === "" && embed) {
    const embedded = await startEmbeddedPostgres(dataDirectory && join(dataDirectory, "postgres"));
    teardown.add(embedded.close);
    return {
      variables: { POSTGRES_URL: await neonInFront(embedded.engine, teardown) },
      service: { local: true, detail: "embedded PostgreSQL (set POSTGRES_URL for another)" },
      migrate: async () => migrate(embedded.database, await readSchemaFiles()),
    };
  }
  const direct = environment.POSTGRES_URL_NON_POOLING?.trim() || address;
  const named = {
    service: { local: false, detail: "the one in POSTGRES_URL" },
    migrate: () => migrateServer(direct),
  };
  if (!isPlainPostgres(address) || environment.POSTGRES_HTTP === "1") return named;
  if (sockets) {
    const database = createSocketDatabase(address);
    teardown.add(database.close);
    return { ...named, own: { database } };
  }
  const engine = serverEngine(address);
  teardown.add(engine.close);
  return { ...named, variables: { POSTGRES_URL: await neonInFront(engine, teardown) } };
}

async function provideCache(
  environment: NodeJS.ProcessEnv,
  { embed, dataDirectory, teardown, sockets }: StoreOptions,
): Promise<ProvidedStore> {
  const address = environment.KV_REST_API_URL?.trim() ?? "";
  const token = isSet(environment, "KV_REST_API_TOKEN")
    ? (environment.KV_REST_API_TOKEN ?? "")
    : randomBytes(16).toString("hex");
  if (address === "" && embed) {
    const engine = await startEmbeddedCache(dataDirectory && join(dataDirectory, "cache.json"));
    return {
      variables: await upstashInFront(engine, token, teardown),
      service: { local: true, detail: "embedded (set KV_REST_API_URL for another)" },
    };
  }
  const service = { local: false, detail: "the one in KV_REST_API_URL" };
  if (!isRedis(address)) return { service };
  if (sockets) {
    const scripts = createRedisScripts(address);
    teardown.add(scripts.close);
    await scripts.opened;
    const variables = { KV_REST_API_URL: NO_REST, KV_REST_API_TOKEN: token };
    return { own: { scripts }, variables, service };
  }
  const redis = new Redis(address, { maxRetriesPerRequest: 1 });
  return { variables: await upstashInFront(serverCache(redis), token, teardown), service };
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
  token: string,
  teardown: Teardown,
): Promise<NodeJS.ProcessEnv> {
  teardown.add(engine.close);
  const endpoint = await startUpstashEndpoint({ engine, token });
  teardown.add(endpoint.close);
  return { KV_REST_API_URL: endpoint.url, KV_REST_API_TOKEN: token };
}
