/** Runs one part of a benchmark in a process of its own: `child.ts <part> <address>`. */
import { pathToFileURL } from "node:url";
import { Redis } from "ioredis";
import type { Database } from "../../db/client.ts";
import type { ModelFaultRule } from "../../fakes/model/faults.ts";
import { startOfflineModel } from "../../fakes/model/server.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { type Handler, type Routes, routesOf } from "../../host/server/routes.ts";
import { serve } from "../../host/server/server.ts";
import { shortFetch } from "../../host/short-fetch.ts";
import { serverCache } from "../../host/stores/cache-engine.ts";
import { startNeonEndpoint } from "../../host/stores/neon.ts";
import { serverEngine } from "../../host/stores/sql-engine.ts";
import { provideStores } from "../../host/stores/stores.ts";
import { startUpstashEndpoint } from "../../host/stores/upstash.ts";
import { floor } from "./floor.ts";
import { startLeast } from "./least.ts";

/** A running part: its address, its answered round trips (of a bot, its statements by socket), and the end of its background work. */
interface Running {
  url: string;
  trips(): number;
  drain(): Promise<void>;
}

/** A model with a fixed delay for each kind of request; at 0 ms it does not wait at all. */
const answeringAfter =
  (delaysMs: { classify: number; respond: number }): ModelFaultRule =>
  ({ kind }) => {
    const ms = kind === "classify" ? delaysMs.classify : delaysMs.respond;
    const content = kind === "classify" ? CLASSIFIED : "¡Hola! ¿En qué te ayudo?";
    return ms === 0 ? { content } : { content, delayMs: ms };
  };

const CLASSIFIED = '{"intent":"greeting","confidence":0.99,"language":"es"}';

const nothing = async (): Promise<void> => {};

const PARTS: Record<string, (address: string) => Promise<Running>> = {
  async database(address) {
    const { url, requests } = await startNeonEndpoint({ engine: serverEngine(address), password: "bench" });
    return { url, trips: () => requests.http, drain: nothing };
  },
  async cache(address) {
    const engine = serverCache(new Redis(address));
    const { url, requests } = await startUpstashEndpoint({ engine, token: "bench" });
    return { url, trips: () => requests.http, drain: nothing };
  },
  model: () => model({ classify: 0, respond: 0 }),
  // Typical times of gpt-4o-mini and gpt-4o.
  "thinking-model": () => model({ classify: 400, respond: 1_200 }),
  floor: () => server(single(async () => floor)),
  least: () => server(single(() => startLeast(process.env))),
  chasqui,
  "chat-sdk": () => server(single(chatSdk)),
};

async function model(delaysMs: { classify: number; respond: number }): Promise<Running> {
  const { url, requests } = await startOfflineModel({ fault: answeringAfter(delaysMs) });
  return { url, trips: () => requests.length, drain: nothing };
}

/** The bot as in `npm start`, with HTTP stores where its environment names HTTP endpoints. */
async function chasqui(): Promise<Running> {
  const where = { embed: false, dataDirectory: null, teardown: createTeardown() };
  const { own, environment } = await provideStores(process.env, { ...where, sockets: true });
  let statements = 0;
  const counted = ({ sql, ...rest }: Database): Database => ({
    ...rest,
    sql: (strings, ...values) => {
      statements += 1;
      return sql(strings, ...values);
    },
  });
  const ways = { ...own, ...(own.database && { database: counted(own.database) }), fetch: shortFetch };
  const platform = hostPlatform(() => environment, ways);
  const running = await server(routesOf(`${PROJECT_DIRECTORY}/api`, platform));
  return { ...running, trips: () => statements };
}

const single = (load: () => Promise<Handler>): Routes => new Map([["/api/whatsapp/webhook", load]]);

async function chatSdk(): Promise<Handler> {
  // Its packages are installed separately, so its types may be missing.
  const file = pathToFileURL(`${PROJECT_DIRECTORY}/bench/rivals/chat-sdk.mjs`).href;
  const { default: handler }: { default: Handler } = await import(file);
  return handler;
}

async function server(routes: Routes): Promise<Running> {
  const onError = (error: unknown) => console.error(error);
  const options = { port: 0, host: "127.0.0.1", projectDirectory: PROJECT_DIRECTORY };
  const { url, drain } = await serve({ ...options, routes, onError });
  return { url, trips: () => 0, drain };
}

const [part = "", address = ""] = process.argv.slice(2);
const start = PARTS[part];
if (!start) throw new Error(`There is no part called ${part}.`);
process.on("disconnect", () => process.exit(0));
const running = await start(address);
process.on("message", async () => {
  await running.drain();
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const memory = { heapMb: heapUsed / 1e6, residentMb: rss / 1e6 };
  process.send?.({ trips: running.trips(), cpuMs: (user + system) / 1000, ...memory });
});
process.send?.({ url: running.url });
