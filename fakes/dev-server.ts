import { join } from "node:path";
import { createDatabase, type Database } from "../db/client.ts";
import { hasCompany, loadCompany } from "../db/company.ts";
import { handBack } from "../db/handoffs.ts";
import { loopback, PROJECT_DIRECTORY, startBot } from "../host/bot.ts";
import { readCompanyFolder } from "../host/company/folder.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { keptSecrets } from "../host/machine/secrets.ts";
import { isSet } from "../host/machine/settings.ts";
import { provideStores, type Stores } from "../host/stores/stores.ts";
import { parseEnv } from "../lib/config/env.ts";
import { isLoopback } from "../lib/config/plain-http.ts";
import { chosenModels } from "../lib/config/profiles.ts";
import { errorCode } from "../lib/telemetry/error-code.ts";
import { createLog } from "../lib/telemetry/log.ts";
import { type DemoCompany, SHOP } from "./companies/companies.ts";
import { demoOwnerPath } from "./console-link.ts";
import { loadDemoDays } from "./demo/days/load.ts";
import { offerDemoFiles } from "./demo/files.ts";
import { findInSearch, hasNoCustomers, loadDemoConversations } from "./demo/load.ts";
import type { Graph } from "./graph/server.ts";
import { type LocalServices, type Service, startLocalServices } from "./services.ts";
import { noSimulator } from "./simulator/absent.ts";
import type { SimulatorOptions } from "./simulator/options.ts";
import { createSimulator, type Simulator } from "./simulator/simulator.ts";

export interface DevOptions {
  environment: NodeJS.ProcessEnv;
  port: number;
  host: string;
  /** Null: data stays in memory. */
  dataDirectory: string | null;
  /** Builds the page; null: only the simulator's API. */
  pages: (() => Promise<{ directory: string }>) | null;
  teardown: Teardown;
  /** The demo company that answers; the shop by default. */
  company?: DemoCompany;
  /** True: a number that nobody has written to gets some days of made-up conversations. */
  demo?: boolean;
  /** Called with the name of each step. */
  progress: (step: string) => void;
}

export interface Dev {
  url: string;
  /** The simulator, with the key when other machines can reach the server. */
  pageUrl: string;
  /** Signs in to the console as the owner of the demo company, once; null where the link could be used from outside. */
  consoleUrl: string | null;
  services: Service[];
}

const SECRETS = [
  "WHATSAPP_APP_SECRET",
  "WHATSAPP_VERIFY_TOKEN",
  "WHATSAPP_ACCESS_TOKEN",
  "CRON_SECRET",
  "KV_REST_API_TOKEN",
  "COMPANY_API_SECRET",
  "SIMULATOR_KEY",
];

/** Starts Chasqui on this machine, with real services where the environment names them and stand-ins elsewhere. */
export async function startDev(options: DevOptions): Promise<Dev> {
  const { teardown, progress, host, company = SHOP } = options;
  let url: string | null = null;
  const webhookUrl = () => (url === null ? null : `${url}/api/whatsapp/webhook`);

  const secrets = await keptSecrets(options.dataDirectory, SECRETS);
  progress("starting database and cache");
  const stores = await provideStores(withCacheToken(options.environment, secrets), {
    embed: true,
    dataDirectory: options.dataDirectory,
    teardown,
    sockets: true,
  });
  const local = await startLocalServices(stores.environment, { secrets, teardown, webhookUrl, company });
  const { environment } = local;
  const database = await prepareDatabase(stores, environment, { progress, company });
  if (options.demo && company === SHOP && local.graph)
    await prepareDemo(database, numberOf(environment), local.graph);
  progress("preparing the page");
  const pages = await options.pages?.();
  const key = isThisMachine(host) ? null : (secrets.get("SIMULATOR_KEY") ?? null);
  const own = { key, catalog: company.catalog, webhookUrl: () => webhookUrl() ?? "" };
  const simulator = simulate(environment, database, local, own);
  const server = await startBot({
    environment,
    own: stores.own,
    host,
    port: options.port,
    teardown,
    extra: simulator.app,
    onSettled: simulator.refresh,
    ...(pages ? { staticDirectory: pages.directory } : {}),
  });
  url = `http://${loopback(host)}:${server.port}`;
  const path = mayLink(host, stores) ? await demoOwnerPath(database, numberOf(environment)) : null;
  return {
    url,
    // Over plain http, browsers take a Secure cookie from this machine alone.
    consoleUrl: path && `http://localhost:${server.port}${path}`,
    pageUrl: key === null || local.graph === null ? url : `${url}/?key=${key}`,
    services: [
      { name: "database", ...stores.database },
      { name: "cache", ...stores.cache },
      ...local.services,
    ],
  };
}

/** Made-up conversations, once; their files each time, since the stand-in forgets them. Never with a real number. */
async function prepareDemo(database: Database, number: string, graph: Graph): Promise<void> {
  if (await hasNoCustomers(database, number)) {
    await loadDemoConversations(database, number, Date.now());
    await loadDemoDays(database, number, Date.now());
    await findInSearch(database);
  }
  await offerDemoFiles(graph);
}

/** Migrates the database and loads the demo company if the number has none. */
async function prepareDatabase(
  stores: Stores,
  environment: NodeJS.ProcessEnv,
  { progress, company }: Pick<DevOptions, "progress"> & { company: DemoCompany },
): Promise<Database> {
  progress("migrating the database");
  await stores.migrate();
  const { POSTGRES_URL } = parseEnv(environment);
  const number = numberOf(environment);
  const database = stores.own.database ?? createDatabase(POSTGRES_URL);
  if (!(await hasCompany(database, number))) {
    progress("loading the demo company");
    await loadCompany(database, number, await readCompanyFolder(join(PROJECT_DIRECTORY, company.folder)), {
      note: "demo",
    });
  }
  return database;
}

const numberOf = (environment: NodeJS.ProcessEnv): string => parseEnv(environment).WHATSAPP_PHONE_NUMBER_ID;

/** A link that signs in is only made where nobody else can use it, and never for a database that others use too. */
const mayLink = (host: string, { database }: Stores): boolean => isThisMachine(host) && database.local;

/** Adds the stored cache token, since a stored cache is readable only with the token that its keys were hashed with. */
function withCacheToken(
  environment: NodeJS.ProcessEnv,
  secrets: ReadonlyMap<string, string>,
): NodeJS.ProcessEnv {
  if (isSet(environment, "KV_REST_API_URL")) return environment;
  return {
    ...environment,
    KV_REST_API_TOKEN: environment.KV_REST_API_TOKEN || secrets.get("KV_REST_API_TOKEN"),
  };
}

/** True when a server on this address is out of reach for other machines. */
function isThisMachine(host: string): boolean {
  return isLoopback(host.includes(":") ? `[${host}]` : host);
}

function simulate(
  environment: NodeJS.ProcessEnv,
  database: Database,
  { graph, modelIsOffline }: LocalServices,
  own: Pick<SimulatorOptions, "key" | "catalog" | "webhookUrl">,
): Simulator {
  if (graph === null) return noSimulator();
  const env = parseEnv(environment);
  const log = createLog(env.LOG_LEVEL);
  const { intent, replies } = chosenModels(env);
  return createSimulator({
    graph,
    database,
    ...own,
    phoneNumberId: env.WHATSAPP_PHONE_NUMBER_ID,
    accessToken: env.WHATSAPP_ACCESS_TOKEN,
    apiVersion: env.WHATSAPP_API_VERSION,
    appSecret: env.WHATSAPP_APP_SECRET[0] ?? "",
    model: { offline: modelIsOffline, intent, reply: replies.standard },
    handBack: (conversationId) => handBack(database, conversationId),
    onError: (error) => log.error("simulator.failed", { code: errorCode(error) }),
  });
}
