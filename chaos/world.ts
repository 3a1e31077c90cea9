import { join } from "node:path";
import pg from "pg";
import { createDatabase, type Database } from "../db/client.ts";
import { loadCompany } from "../db/company.ts";
import { migrateServer } from "../db/migrate/server.ts";
import { type CompanyApi, startCompanyApi } from "../fakes/company-api.ts";
import {
  type FaultyNeon,
  type FaultyUpstash,
  startFaultyNeon,
  startFaultyUpstash,
} from "../fakes/faults/stores.ts";
import { type Graph, startGraph } from "../fakes/graph/server.ts";
import { type OfflineModel, startOfflineModel } from "../fakes/model/server.ts";
import { type BookingSystem, startBookingSystem } from "../fakes/systems/bookings.ts";
import { PROJECT_DIRECTORY } from "../host/bot.ts";
import { readCompanyFolder } from "../host/company/folder.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { startNeonEndpoint } from "../host/stores/neon.ts";
import { serverEngine } from "../host/stores/sql-engine.ts";
import { bookingTool } from "../tests/acts/support.ts";
import { startPostgresServer } from "../tests/support/postgres-server.ts";
import { type Bot, createBot } from "./bot.ts";
import { freePort } from "./free-port.ts";
import { type Cache, startCache } from "./redis.ts";
import { type Slack, startSlack } from "./slack.ts";

/** Secrets and ids of this run. */
export const ACCOUNT = {
  phoneNumberId: "106540352242922",
  accessToken: "EAAchaos-access-token-0123456789",
  appSecret: "chaos-app-secret-0123456789abcdef",
  companySecret: "chaos-company-secret-0123456789",
} as const;

/** Waits of the bots, shorter than the product's defaults. */
export const LEASE_MS = 2_000;
export const STATUS_WAIT_MS = 500;
export const RESUME_EVERY_MS = 500;

/**
 * Bots in processes of their own. The endpoints of their stores, the Graph API, the model, the company system and Slack run
 * in this process, so that a rule can kill a bot in the middle of a request.
 */
export interface World {
  bot: Bot;
  /** A second bot on the same stores. */
  other: Bot;
  graph: Graph;
  model: OfflineModel;
  company: CompanyApi;
  /** Takes the bookings that customers confirm. */
  bookings: BookingSystem;
  neon: FaultyNeon;
  upstash: FaultyUpstash;
  cache: Cache;
  slack: Slack;
  /** The database through an endpoint without faults. */
  sql: Database["sql"];
  /** `postgres://` address of the server. */
  serverUrl: string;
  /** Sends status reports to this bot from now on. */
  reportTo(bot: Bot): void;
  /** Removes all faults and starts the bot if it is down. */
  calm(): Promise<void>;
}

/** Starts everything but the bots. */
export async function startWorld(teardown: Teardown): Promise<World> {
  const { open } = teardown;
  const postgres = await startPostgresServer();
  teardown.add(postgres.stop);
  const serverUrl = postgres.url("postgres");
  await makeCommitsDurable(serverUrl);
  await migrateServer(serverUrl);
  const engine = serverEngine(serverUrl, 40);
  teardown.add(engine.close);
  const neon = await open(startFaultyNeon({ engine, password: "chaos" }));
  const direct = await open(startNeonEndpoint({ engine, password: "direct" }));
  const { sql } = createDatabase(direct.url, { timeoutMs: 30_000 });
  await watchStates(sql);
  const demo = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
  const bookings = await open(startBookingSystem());
  await loadCompany({ sql }, ACCOUNT.phoneNumberId, {
    ...demo,
    intents: {},
    tools: [bookingTool(bookings.url)],
  });

  const cache = await open(startCache());
  const upstash = await open(startFaultyUpstash({ engine: cache.engine, token: "chaos" }));
  const model = await open(startOfflineModel());
  const company = await open(startCompanyApi({ secret: ACCOUNT.companySecret }));
  const slack = await open(startSlack());
  let reportedTo: Bot | null = null;
  const graph = await open(startGraph(graphOptions(() => reportedTo?.webhookUrl ?? null)));
  const environment = environmentOf({ neon, upstash, model, company, bookings, slack, graph }, serverUrl);
  const [bot, other] = [createBot(await freePort(), environment), createBot(await freePort(), environment)];
  for (const each of [bot, other]) teardown.add(each.kill);
  reportedTo = bot;
  const reportTo = (next: Bot) => {
    reportedTo = next;
  };
  return {
    ...{ bot, other, graph, model, company, bookings, neon, upstash, cache, slack, sql, serverUrl, reportTo },
    async calm() {
      for (const { setFault } of [neon, upstash, graph, model]) setFault(null);
      company.setFault(null);
      bookings.watch.before = undefined;
      bookings.watch.after = undefined;
      graph.setStatuses("auto");
      graph.setRefused([]);
      reportTo(bot);
      await other.kill();
      await bot.start();
    },
  };
}

/** Status reports come quickly, and are redelivered for half a minute; Meta goes on for days. */
function graphOptions(webhookUrl: () => string | null) {
  const { accessToken, appSecret, phoneNumberId } = ACCOUNT;
  return {
    ...{ accessToken, appSecret, webhookUrl, phoneNumberIds: [phoneNumberId] },
    statusDelaysMs: { sent: 20, delivered: 30, read: 50 },
    redeliveryWaitsMs: Array<number>(150).fill(200),
  };
}

type Services = Pick<World, "neon" | "upstash" | "model" | "company" | "bookings" | "slack" | "graph">;

function environmentOf(
  { neon, upstash, model, company, bookings, slack, graph }: Services,
  serverUrl: string,
): Record<string, string> {
  return {
    WHATSAPP_APP_SECRET: ACCOUNT.appSecret,
    WHATSAPP_VERIFY_TOKEN: "chaos-verify-token-0123456789",
    WHATSAPP_ACCESS_TOKEN: ACCOUNT.accessToken,
    WHATSAPP_PHONE_NUMBER_ID: ACCOUNT.phoneNumberId,
    WHATSAPP_API_BASE_URL: graph.url,
    OPENAI_API_KEY: "chaos-model-key",
    OPENAI_BASE_URL: model.url,
    // Every turn calls both models unless a scenario changes this.
    INTENT_FAST_PATH: "off",
    KV_REST_API_URL: upstash.url,
    KV_REST_API_TOKEN: upstash.token,
    POSTGRES_URL: neon.url,
    POSTGRES_HTTP: "1",
    POSTGRES_URL_NON_POOLING: serverUrl,
    COMPANY_API_URL: company.url,
    COMPANY_API_SECRET: ACCOUNT.companySecret,
    ALLOW_TOOL_HOSTS: bookings.host,
    SLACK_WEBHOOK_URL: slack.url,
    RATE_LIMIT: "100000",
    LEASE_MS: String(LEASE_MS),
    STATUS_WAIT_MS: String(STATUS_WAIT_MS),
    RESUME_EVERY_MS: String(RESUME_EVERY_MS),
    LOG_LEVEL: "warn",
  };
}

/** Makes commits durable, which the tests' server gives up for speed. */
async function makeCommitsDurable(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query("alter database postgres set synchronous_commit = on");
  await client.end();
}

/** Records every change of a message's state, to detect a step back. */
async function watchStates(sql: World["sql"]): Promise<void> {
  await sql`create table chaos_states (message uuid, old_state text, new_state text)`;
  await sql`
    create function chaos_note() returns trigger language plpgsql as $$ begin
      insert into chaos_states values (new.id, old.state, new.state); return null; end $$`;
  await sql`
    create trigger chaos_note after update of state on messages for each row
      when (old.state is distinct from new.state) execute function chaos_note()`;
}
