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
  /** Embeds a store whose variable is unset; otherwise it stays unset. */
  embed: boolean;
  /** Data folder of embedded stores; null: in memory. */
  dataDirectory: string | null;
  teardown: Teardown;
  /** Connects to a plain PostgreSQL or Redis by sockets (see `own`), instead of through an HTTP endpoint in front of it. */
  sockets?: boolean;
}

export interface Stores {
  /** Stores that this process reaches by sockets. */
  own: Pick<Platform, "database" | "scripts">;
  /** The environment, completed with the addresses of started endpoints. */
  environment: NodeJS.ProcessEnv;
  database: { local: boolean; detail: string };
  cache: { local: boolean; detail: string };
  /** Brings the schema up to date. */
  migrate(): Promise<Migrated>;
}

/** Placeholder for the cache's REST address when the cache is reached by a socket. */
export const NO_REST = "http://localhost";

/**
 * Makes the stores of the environment reachable for the bot: a plain PostgreSQL or Redis by sockets (see `own`), or through
 * an endpoint on loopback, whose address replaces that in the variable.
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
  /** Addresses of started endpoints. */
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
      service: { local: true, detail: "embedded PostgreSQL (set POSTGRES_URL to use your own)" },
      migrate: async () => migrate(embedded.database, await readSchemaFiles()),
    };
  }
  const direct = environment.POSTGRES_URL_NON_POOLING?.trim() || address;
  const named = {
    service: { local: false, detail: "from POSTGRES_URL" },
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
      service: { local: true, detail: "embedded (set KV_REST_API_URL to use your own)" },
    };
  }
  const service = { local: false, detail: "from KV_REST_API_URL" };
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

/** True for any PostgreSQL except Neon's pooled address, which the driver reaches over HTTP. */
function isPlainPostgres(address: string): boolean {
  if (!/^postgres(ql)?:/.test(address) || !URL.canParse(address)) return false;
  return !new URL(address).hostname.includes("-pooler.");
}

/** True for a Redis without a REST API. */
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
