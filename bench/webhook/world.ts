import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { migrateServer } from "../../db/migrate/server.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { startPostgresServer } from "../../tests/support/postgres-server.ts";
import { type BareGraph, startBareGraph } from "./graph.ts";
import { NUMBER, SECRET } from "./load.ts";
import { type Part, startPart } from "./process.ts";

const REDIS_SERVER = "redis-server";
/** Stops the server when this process ends, for whatever reason. */
const GUARD = join(PROJECT_DIRECTORY, "tests/support/postgres-guard.mjs");

/** Services that the servers share, each in a process of its own, as each is a machine of its own on Vercel. */
export interface World {
  graph: BareGraph;
  redisUrl: string;
  database: Part;
  cache: Part;
  model: Part;
  /** Environment of every server. */
  environment: Record<string, string>;
  /** Addresses of the stores themselves, in place of the HTTP endpoints. */
  sockets: Record<string, string>;
}

/** Starts a real PostgreSQL and a real Redis behind our endpoints, a model, and the minimal Graph API. */
export async function startWorld(
  teardown: Teardown,
  modelPart: "model" | "thinking-model" = "model",
): Promise<World> {
  const part = async (name: string, address: string): Promise<Part> => {
    const started = await startPart(name, address, {});
    teardown.add(started.stop);
    return started;
  };
  const postgres = await startPostgresServer();
  teardown.add(postgres.stop);
  const postgresUrl = postgres.url("postgres");
  await migrateServer(postgresUrl);
  const redisUrl = await startRedis(teardown);
  const database = await part("database", postgresUrl);
  const cache = await part("cache", redisUrl);
  const model = await part(modelPart, "");
  const graph = await startBareGraph();
  teardown.add(graph.close);
  const environment = {
    POSTGRES_URL: database.url,
    POSTGRES_HTTP: "1",
    KV_REST_API_URL: cache.url,
    KV_REST_API_TOKEN: "bench",
    REDIS_URL: redisUrl,
    OPENAI_API_KEY: "bench",
    OPENAI_BASE_URL: model.url,
    WHATSAPP_API_BASE_URL: graph.url,
    WHATSAPP_ACCESS_TOKEN: "bench",
    WHATSAPP_PHONE_NUMBER_ID: NUMBER,
    WHATSAPP_APP_SECRET: SECRET,
    WHATSAPP_VERIFY_TOKEN: "bench",
    CRON_SECRET: "benchmark-secret",
    RATE_LIMIT: "100000",
    LOG_LEVEL: "error",
    NODE_ENV: "production",
  };
  const sockets = { POSTGRES_URL: postgresUrl, POSTGRES_HTTP: "", KV_REST_API_URL: redisUrl };
  return { graph, redisUrl, database, cache, model, environment, sockets };
}

/** Starts a Redis for the benchmark that stores nothing on disk. */
async function startRedis(teardown: Teardown): Promise<string> {
  if (spawnSync(REDIS_SERVER, ["--version"]).status !== 0)
    throw new Error(
      "The webhook benchmark needs redis-server on the PATH (apt install redis, brew install redis).",
    );
  const port = await freePort();
  const settings = { port: String(port), bind: "127.0.0.1", save: "", appendonly: "no" };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const folder = mkdtempSync(join(tmpdir(), "chasqui-redis-"));
  const guard = spawn(process.execPath, [GUARD, folder, "{}", REDIS_SERVER, ...flags], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  teardown.add(() => guard.stdin.end());
  const url = `redis://127.0.0.1:${port}`;
  const redis = new Redis(url);
  // Retries until the server is up.
  redis.on("error", () => {});
  await redis.ping();
  redis.disconnect();
  return url;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
