import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "../../db/client.ts";
import { loadCompany } from "../../db/company.ts";
import { readSchemaFiles } from "../../db/migrate/files.ts";
import { migrate } from "../../db/migrate/migrate.ts";
import { startCompanyApi } from "../../fakes/company-api.ts";
import { type Graph, startGraph } from "../../fakes/graph/server.ts";
import { startOfflineModel } from "../../fakes/model/server.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { startEmbeddedCache } from "../../host/stores/embedded-cache.ts";
import { startEmbeddedPostgres } from "../../host/stores/embedded-postgres.ts";
import { startNeonEndpoint } from "../../host/stores/neon.ts";
import { startUpstashEndpoint } from "../../host/stores/upstash.ts";
import { SECRET } from "../webhook/load.ts";
import { DEMO_CUSTOMERS, MIX, phoneOf } from "./mix.ts";
import { startWire, type Wire } from "./wire.ts";

/** Services that the bots share. */
export interface World {
  graph: Graph;
  wire: Wire;
  sql: Database["sql"];
  /** Environment of every bot, without its business number. */
  environment: Record<string, string>;
}

const CLASSIFY_MS = 200;

/** A business number, and whether its company answers greetings and thanks in fixed text. */
interface BusinessNumber {
  phoneNumberId: string;
  courtesies: boolean;
}

/** Starts the embedded stores and the offline model, with the demo company for each of these business numbers. */
export async function startWorld(numbers: readonly BusinessNumber[], teardown: Teardown): Promise<World> {
  const { open } = teardown;
  const { engine, database } = await open(startEmbeddedPostgres(null));
  await migrate(database, await readSchemaFiles());
  const neon = await open(startNeonEndpoint({ engine, password: "bench" }));
  const demo = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
  for (const { phoneNumberId, courtesies } of numbers)
    await loadCompany(createDatabase(neon.url), phoneNumberId, {
      ...demo,
      // The figures are those of the intents that ship.
      ...{ intents: {}, tools: [] },
      profile: { ...demo.profile, courtesies },
    });
  const phoneNumberIds = numbers.map(({ phoneNumberId }) => phoneNumberId);
  const cache = await open(startEmbeddedCache(null));
  const upstash = await open(startUpstashEndpoint({ engine: cache, token: "bench" }));
  const company = await open(startCompanyApi({ secret: "bench", ordersFile: await writeOrders(teardown) }));
  // As with a real one, the likeliest reply is begun before the intent is known.
  const model = await open(
    startOfflineModel({ fault: ({ kind }) => (kind === "classify" ? { delayMs: CLASSIFY_MS } : null) }),
  );
  const wire = await open(startWire(model.url));
  const graph = await open(
    startGraph({ accessToken: "bench", phoneNumberIds, appSecret: SECRET, statuses: "none" }),
  );
  const environment = {
    POSTGRES_URL: neon.url,
    POSTGRES_HTTP: "1",
    KV_REST_API_URL: upstash.url,
    KV_REST_API_TOKEN: upstash.token,
    OPENAI_API_KEY: "bench",
    OPENAI_BASE_URL: wire.url,
    COMPANY_API_URL: company.url,
    COMPANY_API_SECRET: "bench",
    WHATSAPP_API_BASE_URL: graph.url,
    WHATSAPP_ACCESS_TOKEN: "bench",
    WHATSAPP_APP_SECRET: SECRET,
    WHATSAPP_VERIFY_TOKEN: "bench",
    CRON_SECRET: "benchmark-secret",
    LOG_LEVEL: "error",
    NODE_ENV: "production",
    // Generous limits: a second attempt on a busy machine would count as cost.
    LEASE_MS: "600000",
    CACHE_TIMEOUT_MS: "5000",
    // Each machine would be another customer's patience.
    WAIT_TARGET_MS: "off",
    INTENT_TIMEOUT_MS: "30000",
    REPLY_TIMEOUT_MS: "60000",
  };
  return { graph, wire, environment, sql: createDatabase(neon.url).sql };
}

/** Writes the demo company's orders for each customer of the mix; returns the file. */
async function writeOrders(teardown: Teardown): Promise<string> {
  const orders: { customer: string }[] = JSON.parse(
    await readFile(join(PROJECT_DIRECTORY, "demo/orders.json"), "utf8"),
  );
  // Twice, since the mix may be played by others first.
  const theirs = [...MIX, ...MIX].flatMap((conversation, index) =>
    orders
      .filter(({ customer }) => customer === DEMO_CUSTOMERS[conversation[0]])
      .map((order) => ({ ...order, customer: phoneOf(conversation, index) })),
  );
  const folder = await mkdtemp(join(tmpdir(), "chasqui-cost-"));
  teardown.add(() => rm(folder, { recursive: true }));
  const file = join(folder, "orders.json");
  await writeFile(file, JSON.stringify(theirs));
  return file;
}

/** Share of a number's model cost that went into answers which were not wanted, as its turns are booked. */
export async function discardedShare(sql: Database["sql"], phoneNumberId: string): Promise<number> {
  const [row] = await sql<{ share: number | null }>`
    select (sum(coalesce((m -> 'discarded' ->> 'costUsd')::float8, 0)) / sum((m ->> 'costUsd')::float8))::float8 as share
      from turns t join conversations c on c.id = t.conversation_id join tenants n on n.id = c.tenant_id,
           jsonb_array_elements(t.models) m
     where n.phone_number_id = ${phoneNumberId}`;
  return row?.share ?? 0;
}
