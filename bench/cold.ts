import { join } from "node:path";
import { createDatabase } from "../db/client.ts";
import { PROJECT_DIRECTORY } from "../host/bot.ts";
import { createTeardown, type Teardown } from "../host/machine/lifecycle.ts";
import { hostPlatform } from "../host/machine/platform.ts";
import { routesOf } from "../host/server/routes.ts";
import { serve } from "../host/server/server.ts";
import { startTcpProxy, type TcpProxy } from "../tests/support/tcp-proxy.ts";
import { type Bot, oneTurn, startBench } from "./road.ts";
import { median, type Row } from "./table.ts";

const TRIALS = 21;
/** A round trip to each of the stores. */
const ROUND_TRIP_MS = 20;
/** What a new connection costs before its first byte: TCP and TLS 1.3. */
const CONNECT_MS = 2 * ROUND_TRIP_MS;

/**
 * The first message of a new composition whose connections are all new, and one of a composition that has answered before, in turns: the
 * acknowledgement and the customer's wait, with a model that answers at once.
 */
export default async function cold(): Promise<Row[]> {
  const teardown = createTeardown();
  try {
    const bot = await startBench(teardown);
    const far = await distant(bot, teardown);
    const kinds = [
      { name: "cold connections", isWarm: false, limit: 200 },
      { name: "open connections", isWarm: true, limit: null },
    ].map((kind) => ({ ...kind, ack: [] as number[], wait: [] as number[] }));
    for (let trial = -3; trial < TRIALS; trial++)
      for (const { ack, wait, isWarm } of kinds) {
        const ms = await first(bot, far, isWarm);
        if (trial < 0) continue;
        ack.push(ms.ack ?? 0);
        wait.push(ms.wait ?? 0);
      }
    return kinds.flatMap(({ name, limit, ...stages }) =>
      (["ack", "wait"] as const).map((stage) => ({
        what: `${stage}, ${name}: median of ${TRIALS}`,
        ...{ value: median(stages[stage]), unit: "ms" },
        limit: stage === "wait" ? limit : null,
      })),
    );
  } finally {
    await teardown.run();
  }
}

interface Far {
  proxies: TcpProxy[];
  environment: NodeJS.ProcessEnv;
}

/** All services behind proxies; the model and the Graph API cost a new connection only. */
async function distant({ environment, modelUrl }: Bot, { open }: Teardown): Promise<Far> {
  const store = { connectMs: CONNECT_MS, wayMs: ROUND_TRIP_MS / 2 };
  const service = { connectMs: CONNECT_MS, wayMs: 0 };
  const asked: [string, string | undefined, typeof store][] = [
    ["POSTGRES_URL", environment.POSTGRES_URL, store],
    ["KV_REST_API_URL", environment.KV_REST_API_URL, store],
    ["OPENAI_BASE_URL", modelUrl, service],
    ["WHATSAPP_API_BASE_URL", environment.WHATSAPP_API_BASE_URL, service],
  ];
  const far: Far = { proxies: [], environment: { ...environment } };
  for (const [name, address = "", distance] of asked) {
    const url = new URL(address);
    const proxy = await open(startTcpProxy(Number(url.port), distance));
    far.proxies.push(proxy);
    far.environment[name] = address.replace(`:${url.port}`, `:${proxy.port}`);
  }
  return far;
}

/** Stages of the first message of a composition. */
async function first(
  { neon }: Bot,
  { proxies, environment }: Far,
  isWarm: boolean,
): Promise<Record<string, number>> {
  for (const proxy of proxies) {
    await proxy.cut();
    await proxy.mend();
  }
  const server = await serve({
    ...{ port: 0, host: "127.0.0.1", projectDirectory: PROJECT_DIRECTORY, onError: console.error },
    routes: routesOf(
      join(PROJECT_DIRECTORY, "api"),
      hostPlatform(() => environment),
    ),
  });
  if (isWarm) await oneTurn({ server });
  await oneTurn({ server });
  await server.close();
  const { sql } = createDatabase(neon.url);
  const [turn] = await sql<{ ms: Record<string, number> }>`
    select stages_ms as ms from turns order by started_at desc limit 1`;
  return turn?.ms ?? {};
}
