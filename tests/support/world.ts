import { join } from "node:path";
import type { Database } from "../../db/client.ts";
import { createDatabase } from "../../db/client.ts";
import { loadCompany } from "../../db/company.ts";
import { type CompanyApi, startCompanyApi } from "../../fakes/company-api.ts";
import { type Graph, type GraphOptions, startGraph } from "../../fakes/graph/server.ts";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { createTeardown, type Teardown } from "../../host/machine/lifecycle.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { deliverWebhook } from "../../host/meta-webhook.ts";
import { routesOf } from "../../host/server/routes.ts";
import { serve } from "../../host/server/server.ts";
import { shortFetch } from "../../host/short-fetch.ts";
import type { Platform } from "../../lib/compose/platform.ts";
import type { SteadyClock } from "../../lib/types/clock.ts";
import { type Customer, createCustomer } from "./customer.ts";
import { type OtlpSink, startOtlpSink } from "./otlp.ts";
import type { EngineName } from "./postgres.ts";
import { connectCache, connectDatabase, PATIENCE_MS, startStores, type TestStores } from "./stores.ts";

/** The secrets and ids of a world. */
export const WORLD = {
  phoneNumberId: "106540352242922",
  accessToken: "EAAtest-access-token-0123456789",
  appSecret: "test-app-secret-0123456789abcdef",
  verifyToken: "test-verify-token-0123456789",
  cronSecret: "test-cron-secret-0123456789",
} as const;

/** Few: with all of them signing in takes a quarter of a second. */
export const PASSWORD_ROUNDS = 1_000;

export interface WorldOptions {
  /** Added to the environment, or replacing something of it; undefined takes a variable away. */
  env?: Record<string, string | undefined>;
  engine?: EngineName;
  /** Counts the bot's requests to its stores, and fails them on demand (`neon`, `upstash`): they go by HTTP, as on Vercel. */
  endpoints?: boolean;
  /** Settings of the Graph API stand-in; without any for statuses it reports them at once: all of them (`auto`) in CI, elsewhere the last. */
  graph?: Partial<GraphOptions>;
  model?: Parameters<typeof startOfflineModel>[0];
  /** Collect spans. */
  otlp?: boolean;
  /** The bot's clock; the database keeps its own. */
  clock?: SteadyClock;
  /** Load no company. */
  withoutCompany?: boolean;
  /** No scheduler calls the crons often, and a request's work ends soon after its response. */
  vercel?: boolean;
  /** Built pages, served for every path that is no endpoint. */
  pages?: string;
}

/** The whole of Chasqui on loopback, over real protocols. */
export interface World {
  /** The bot's own address. */
  url: string;
  webhookUrl: string;
  /** The bot's own. */
  environment: Record<string, string>;
  graph: Graph;
  model: OfflineModel;
  company: CompanyApi;
  /** Throws without `endpoints`, as `upstash` does. */
  neon: TestStores["neon"];
  upstash: TestStores["upstash"];
  /** Null unless asked for. */
  otlp: OtlpSink | null;
  /** `postgres://` of the real server behind it; null for PGlite. */
  serverUrl: string | null;
  /** The database, by a way of its own: neither counted nor touched by faults. */
  sql: Database["sql"];
  /** Errors that the bot did not handle. */
  errors: unknown[];
  customer(phone: string, name?: string): Customer;
  /** Posts a webhook body, signed; a string is sent as it is. */
  deliver(body: unknown, options?: { secret?: string }): Promise<Response>;
  /** Runs the cron that finishes what was left open. */
  resume(): Promise<Response>;
  /** Resolves when all answers, background work and status reports are done. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const COMPANY_SECRET = "test-company-secret-0123456789";
const AT_ONCE = { sent: 0, delivered: 0, read: 0 };
/** Each report is a webhook: outside of CI there is one for each reply, unless a test is about them. */
const STATUSES = process.env.CI ? "auto" : "last";

/** Starts everything; the bot has an environment of its own. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const teardown = createTeardown();
  let url = "";
  const webhookUrl = () => `${url}/api/whatsapp/webhook`;
  const services = await startServices(options, teardown, webhookUrl);
  const own = overHttp(options) ? patient(options, services) : await socketsOf(services, teardown);
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const environment = (): Record<string, string> =>
    defined({ ...process.env, ...environmentOf(services), PUBLIC_URL: url, ...options.env });
  const server = await serve({
    ...{ port: 0, host: "127.0.0.1", projectDirectory: PROJECT_DIRECTORY, onError },
    ...(options.pages === undefined ? {} : { staticDirectory: options.pages }),
    routes: routesOf(join(PROJECT_DIRECTORY, "api"), {
      ...hostPlatform(environment, {
        ...{ ...own, passwordRounds: PASSWORD_ROUNDS },
        ...(options.clock ? { clock: options.clock } : {}),
      }),
      hasScheduler: !options.vercel,
    }),
  });
  teardown.add(server.close);
  url = server.url;

  const { stores, graph, ...rest } = services;
  const { phoneNumberId, appSecret, cronSecret } = WORLD;
  const deliver: World["deliver"] = (body, { secret = appSecret } = {}) =>
    deliverWebhook(webhookUrl(), body, secret);
  return {
    ...rest,
    url,
    webhookUrl: webhookUrl(),
    environment: environment(),
    graph,
    get neon() {
      return counted(options, stores.neon);
    },
    get upstash() {
      return counted(options, stores.upstash);
    },
    serverUrl: stores.database.serverUrl,
    errors,
    deliver,
    customer: (phone, name = "Ana") => createCustomer({ phone, name, phoneNumberId }, graph, deliver),
    resume: () => fetch(`${url}/api/cron/resume`, { headers: { authorization: `Bearer ${cronSecret}` } }),
    async drain() {
      await server.drain();
      await graph.statusesReported();
      // The reports came as webhooks, with background work of their own.
      await server.drain();
    },
    close: teardown.run,
  };
}

const WITHOUT_END = Object.fromEntries(
  ["gpt-4o", "gpt-4o-mini", "gpt-4o-mini-transcribe"].map((id) => [id, { shutdown: null }]),
);

interface Services extends Pick<World, "graph" | "model" | "company" | "otlp" | "sql"> {
  stores: TestStores;
  database: Database;
}

/**
 * As on Vercel: in CI, where a test wants it, where requests leave spans, and with PGlite, which has no sockets. Elsewhere as
 * `npm start` does it, which takes much less time.
 */
const overHttp = ({ endpoints = false, otlp = false, engine }: WorldOptions): boolean =>
  Boolean(process.env.CI) || endpoints || otlp || engine === "PGlite";

/** A busy machine must not look like a database that is away, unless the test has faults of its own. */
const patient = ({ endpoints }: WorldOptions, { stores }: Services): Partial<Platform> =>
  endpoints ? {} : { database: createDatabase(stores.databaseUrl, { timeoutMs: PATIENCE_MS }) };

async function socketsOf({ stores, database }: Services, teardown: Teardown): Promise<Partial<Platform>> {
  const scripts = await teardown.open(connectCache(stores.cacheEngine));
  return { database, scripts, fetch: shortFetch };
}

function counted<Endpoint>(options: WorldOptions, endpoint: Endpoint): Endpoint {
  if (overHttp(options)) return endpoint;
  throw new Error("this world reaches its stores by sockets: start it with endpoints");
}

async function startServices(
  options: WorldOptions,
  teardown: Teardown,
  webhookUrl: () => string,
): Promise<Services> {
  const { open } = teardown;
  const stores = await open(startStores({ engine: options.engine ?? "PostgreSQL" }));
  const database = await open(connectDatabase(stores.database));
  const { sql } = database;
  const { phoneNumberId, accessToken, appSecret } = WORLD;
  if (!options.withoutCompany) await loadCompany({ sql }, phoneNumberId, await alwaysOpen());
  const model = await open(startOfflineModel(options.model));
  const company = await open(startCompanyApi({ secret: COMPANY_SECRET }));
  const otlp = options.otlp ? await open(startOtlpSink()) : null;
  const phoneNumberIds = [phoneNumberId];
  const own = { accessToken, appSecret, phoneNumberIds, webhookUrl, statusDelaysMs: AT_ONCE };
  const statuses = options.graph?.statuses ?? STATUSES;
  const graph = await open(startGraph({ ...own, ...options.graph, statuses }));
  return { stores, database, sql, model, company, otlp, graph };
}

function environmentOf({
  stores,
  model,
  company,
  graph,
  otlp,
}: Services): Record<string, string | undefined> {
  return {
    WHATSAPP_APP_SECRET: WORLD.appSecret,
    WHATSAPP_VERIFY_TOKEN: WORLD.verifyToken,
    WHATSAPP_ACCESS_TOKEN: WORLD.accessToken,
    WHATSAPP_PHONE_NUMBER_ID: WORLD.phoneNumberId,
    WHATSAPP_API_BASE_URL: graph.url,
    OPENAI_API_KEY: "test-model-key",
    OPENAI_BASE_URL: model.url,
    // No test changes on the day on which the default models end.
    MODELS: JSON.stringify(WITHOUT_END),
    // Every turn asks both models, unless somebody says otherwise.
    INTENT_FAST_PATH: "off",
    // A busy machine must not look like a slow model.
    WAIT_TARGET_MS: "off",
    KV_REST_API_URL: stores.cache.url,
    KV_REST_API_TOKEN: stores.cache.token,
    POSTGRES_URL: stores.databaseUrl,
    COMPANY_API_URL: company.url,
    COMPANY_API_SECRET: COMPANY_SECRET,
    CRON_SECRET: WORLD.cronSecret,
    // A busy machine must not look like a dead cache.
    CACHE_TIMEOUT_MS: "1500",
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp?.url,
    LOG_LEVEL: "error",
  };
}

const defined = (variables: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * The demo company, open day and night: what a customer hears must not depend on when the tests run. Without what it has of its own: most tests
 * are about the intents that ship.
 */
async function alwaysOpen(): ReturnType<typeof readCompanyFolder> {
  const { profile, ...rest } = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
  const openingHours = Object.fromEntries(DAYS.map((day) => [day, ["00:00-24:00"]]));
  return { ...rest, intents: {}, tools: [], profile: { ...profile, openingHours } };
}
