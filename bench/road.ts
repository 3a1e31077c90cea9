import { join } from "node:path";
import { createDatabase } from "../db/client.ts";
import { migrateServer } from "../db/migrate/server.ts";
import { type Graph, startGraph } from "../fakes/graph/server.ts";
import type { ModelFaultRule } from "../fakes/model/faults.ts";
import { startOfflineModel } from "../fakes/model/server.ts";
import { PROJECT_DIRECTORY } from "../host/bot.ts";
import { createTeardown, type Teardown } from "../host/machine/lifecycle.ts";
import { hostPlatform } from "../host/machine/platform.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../host/meta-webhook.ts";
import { routesOf } from "../host/server/routes.ts";
import { type RunningServer, serve } from "../host/server/server.ts";
import { startEmbeddedCache } from "../host/stores/embedded-cache.ts";
import { type NeonEndpoint, startNeonEndpoint } from "../host/stores/neon.ts";
import { type SqlEngine, serverEngine } from "../host/stores/sql-engine.ts";
import { startUpstashEndpoint, type UpstashEndpoint } from "../host/stores/upstash.ts";
import { startPostgresServer } from "../tests/support/postgres-server.ts";
import { median, type Row } from "./table.ts";

const TURNS = 200;
const WARM_UP = 30;
const NUMBER = "100000000000001";
const SECRET = "bench-app-secret-0123456789";

/** A model without delay, so that only our own time and the protocol's remain. */
const INSTANT: ModelFaultRule = ({ kind }) => ({
  content:
    kind === "classify"
      ? '{"intent":"greeting","confidence":0.99,"language":"es"}'
      : "¡Hola! ¿En qué te ayudo?",
});

/** Sends one message at a time through the whole bot on a real PostgreSQL; counts round trips and times the stages. */
export default async function road(): Promise<Row[]> {
  const teardown = createTeardown();
  try {
    const bot = await startBench(teardown);
    for (let turn = 0; turn < WARM_UP; turn++) await oneTurn(bot);
    const before = counts(bot);
    for (let turn = 0; turn < TURNS; turn++) await oneTurn(bot);
    const after = counts(bot);
    const trips = Object.keys(after).map((name) => ({
      what: `${name} round trips a message`,
      value: ((after[name] ?? 0) - (before[name] ?? 0)) / TURNS,
      unit: "",
      limit: { database: 3, cache: 2 }[name] ?? null,
    }));
    return [...trips, ...(await stageTimes(bot))];
  } finally {
    await teardown.run();
  }
}

/** The bot between stand-ins. */
export interface Bot {
  modelUrl: string;
  server: RunningServer;
  engine: SqlEngine;
  environment: NodeJS.ProcessEnv;
  graph: Graph;
  neon: NeonEndpoint;
  upstash: UpstashEndpoint;
}

/** Starts the bot on a real PostgreSQL. */
export async function startBench(teardown: Teardown): Promise<Bot> {
  const { open } = teardown;
  const postgres = await startPostgresServer();
  teardown.add(postgres.stop);
  await migrateServer(postgres.url("postgres"));
  const engine = serverEngine(postgres.url("postgres"));
  teardown.add(engine.close);
  const neon = await open(startNeonEndpoint({ engine, password: "bench" }));
  const cache = await open(startEmbeddedCache(null));
  const upstash = await open(startUpstashEndpoint({ engine: cache, token: "bench" }));
  const model = await open(startOfflineModel({ fault: INSTANT }));
  const graph = await open(
    startGraph({ accessToken: "bench", phoneNumberIds: [NUMBER], appSecret: SECRET, statuses: "none" }),
  );
  const environment = { ...process.env, ...environmentOf({ neon, upstash, graph }, model.url) };
  const server = await serve({
    port: 0,
    host: "127.0.0.1",
    projectDirectory: PROJECT_DIRECTORY,
    routes: routesOf(
      join(PROJECT_DIRECTORY, "api"),
      hostPlatform(() => environment),
    ),
    onError: console.error,
  });
  teardown.add(server.close);
  return { server, engine, environment, graph, neon, upstash, modelUrl: model.url };
}

function environmentOf({ neon, upstash, graph }: Pick<Bot, "neon" | "upstash" | "graph">, modelUrl: string) {
  return {
    POSTGRES_URL: neon.url,
    KV_REST_API_URL: upstash.url,
    KV_REST_API_TOKEN: upstash.token,
    OPENAI_API_KEY: "bench",
    OPENAI_BASE_URL: modelUrl,
    // Forces the model to classify every message.
    INTENT_FAST_PATH: "off",
    WHATSAPP_API_BASE_URL: graph.url,
    WHATSAPP_ACCESS_TOKEN: "bench",
    WHATSAPP_PHONE_NUMBER_ID: NUMBER,
    WHATSAPP_APP_SECRET: SECRET,
    WHATSAPP_VERIFY_TOKEN: "bench",
    CRON_SECRET: "benchmark-secret",
    RATE_LIMIT: "100000",
    LOG_LEVEL: "error",
  };
}

/** Enough to stay below Meta's pair rate. */
const CUSTOMERS = 20;
let turns = 0;

/** One message until its turn is over. */
export async function oneTurn({ server }: Pick<Bot, "server">): Promise<void> {
  const from = String(51_987_654_300 + (turns++ % CUSTOMERS));
  // Never the same text twice in a row, which would look like a loop of two bots.
  const message = { phoneNumberId: NUMBER, from, name: "Ana", text: `hola ${turns}` };
  const body = textWebhook({ ...message, waMessageId: newWaMessageId(), timestampMs: Date.now() });
  const response = await deliverWebhook(`${server.url}/api/whatsapp/webhook`, body, SECRET);
  if (response.status !== 200) throw new Error(`the webhook answered ${response.status}`);
  await server.drain();
}

const counts = ({ neon, upstash, graph }: Bot): Record<string, number> => ({
  database: neon.requests.http,
  cache: upstash.requests.http,
  "Graph API": graph.requests.length,
});

/** Medians of the stage times that the measured turns recorded. */
async function stageTimes({ neon }: Bot): Promise<Row[]> {
  const { sql } = createDatabase(neon.url);
  const turns = await sql<{ ms: Record<string, number> }>`
    select stages_ms as ms from turns order by started_at desc limit ${TURNS}`;
  const limits: Record<string, number> = { ack: 100, classify: 500, respond: 2000, wait: 3000 };
  const stages = [
    "verify",
    "parse",
    "admit",
    "receive",
    "ack",
    "classify",
    "respond",
    "draft",
    "send",
    "wait",
  ];
  return stages.map((stage) => ({
    what: `${stage}, median of ${TURNS}`,
    value: median(turns.map(({ ms }) => ms[stage] ?? 0)),
    unit: "ms",
    limit: limits[stage] ?? null,
  }));
}
