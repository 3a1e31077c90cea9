import type { Teardown } from "../host/machine/lifecycle.ts";
import { isSet } from "../host/machine/settings.ts";
import { moreNumbers } from "../lib/config/numbers.ts";
import { type DemoCompany, SHOP, startCompanySystem } from "./companies/companies.ts";
import { startCompanyApi } from "./company-api.ts";
import { ACCOUNT_ID } from "./graph/options.ts";
import { SAMPLE_TEMPLATES } from "./graph/rules/sample-templates.ts";
import { type Graph, startGraph } from "./graph/server.ts";
import { startOfflineModel } from "./model/server.ts";
import { DEMO_CUSTOMERS } from "./simulator/customers.ts";

/** An outside service; `local` when a stand-in takes its place. */
export interface Service {
  name: string;
  local: boolean;
  detail: string;
}

export interface LocalServices {
  /** The environment, completed with the addresses of the stand-ins. */
  environment: NodeJS.ProcessEnv;
  /** Null when a real WhatsApp number is connected. */
  graph: Graph | null;
  modelIsOffline: boolean;
  services: Service[];
}

/** Business number of the Graph API stand-in. */
export const LOCAL_PHONE_NUMBER_ID = SHOP.phoneNumberId;

/** Random secrets by variable, and the destination of status reports. */
interface LocalOptions {
  /** The demo company that answers; the shop by default. */
  company?: DemoCompany;
  secrets: ReadonlyMap<string, string>;
  teardown: Teardown;
  webhookUrl: () => string | null;
}

/** Starts a stand-in on loopback for each outside service whose variable is unset. */
export async function startLocalServices(
  given: NodeJS.ProcessEnv,
  options: LocalOptions,
): Promise<LocalServices> {
  const secured = withSecrets(given, options.secrets);
  const model = await provideModel(secured, options);
  const { graph, variables: graphVariables } = await provideGraph(secured, options);
  const { company = SHOP } = options;
  const system = await (company.system ? provideSystem(secured, options) : provideCompany(secured, options));
  const modelIsOffline = model?.OPENAI_BASE_URL !== undefined;
  const systemIsLocal = system !== null;
  const environment = { ...secured, ...model, ...graphVariables, ...system };
  return {
    environment,
    graph,
    modelIsOffline,
    services: [
      {
        name: "model",
        local: modelIsOffline,
        detail: modelIsOffline
          ? "offline stand-in (set OPENAI_API_KEY to use GPT-4o)"
          : (environment.OPENAI_BASE_URL ?? "OpenAI"),
      },
      {
        name: "WhatsApp",
        local: graph !== null,
        detail: graph ? "Graph API stand-in (set WHATSAPP_ACCESS_TOKEN to use a real number)" : "real number",
      },
      {
        name: company.system ? "system" : "orders",
        local: systemIsLocal,
        detail: systemIsLocal
          ? `the demo company's (set ${company.system?.variable ?? "COMPANY_API_URL"} to use your own)`
          : "your own system",
      },
    ],
  };
}

/** Adds random secrets for unset variables; with a real number, webhooks are signed with Meta's own secret, so none is invented. */
function withSecrets(
  environment: NodeJS.ProcessEnv,
  secrets: ReadonlyMap<string, string>,
): NodeJS.ProcessEnv {
  const ofNumber = isSet(environment, "WHATSAPP_ACCESS_TOKEN")
    ? []
    : ["WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"];
  const missing = [...ofNumber, "CRON_SECRET"].filter((name) => !isSet(environment, name));
  return { ...environment, ...Object.fromEntries(missing.map((name) => [name, secrets.get(name)])) };
}

/** Variables for the model stand-in; null when a real model is configured. */
async function provideModel(
  environment: NodeJS.ProcessEnv,
  { teardown }: LocalOptions,
): Promise<NodeJS.ProcessEnv | null> {
  if (isSet(environment, "OPENAI_API_KEY")) return null;
  // A compatible server of your own may need no key.
  if (isSet(environment, "OPENAI_BASE_URL")) return { OPENAI_API_KEY: "local" };
  const model = await teardown.open(startOfflineModel({ promptCache: true }));
  return { OPENAI_API_KEY: "local", OPENAI_BASE_URL: model.url };
}

async function provideGraph(
  environment: NodeJS.ProcessEnv,
  { secrets, teardown, webhookUrl, company = SHOP }: LocalOptions,
): Promise<{ graph: Graph | null; variables: NodeJS.ProcessEnv }> {
  if (isSet(environment, "WHATSAPP_ACCESS_TOKEN")) return { graph: null, variables: {} };
  const accessToken = secrets.get("WHATSAPP_ACCESS_TOKEN") ?? "";
  const phoneNumberId = environment.WHATSAPP_PHONE_NUMBER_ID?.trim() || company.phoneNumberId;
  const appSecret = environment.WHATSAPP_APP_SECRET?.split(",")[0]?.trim() ?? "";
  const more = furtherNumbers(environment);
  const graph = await teardown.open(
    startGraph({
      accessToken,
      phoneNumberIds: [phoneNumberId, ...more.phoneNumberIds],
      accessTokens: more.accessTokens,
      appSecret,
      appSecrets: more.appSecrets,
      webhookUrl,
      templates: SAMPLE_TEMPLATES,
    }),
  );
  const variables = {
    WHATSAPP_ACCESS_TOKEN: accessToken,
    WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
    WHATSAPP_API_BASE_URL: graph.url,
    WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT_ID,
  };
  return { graph, variables };
}

/** Numbers, tokens and secrets in `WHATSAPP_NUMBERS`; none when it is not valid, which the bot reports itself. */
function furtherNumbers(environment: NodeJS.ProcessEnv) {
  const numbers = moreNumbers.safeParse(environment.WHATSAPP_NUMBERS?.trim() || "[]").data ?? [];
  const own = (value: (number: (typeof numbers)[number]) => string | undefined) =>
    Object.fromEntries(
      numbers.flatMap((number) => {
        const set = value(number);
        return set === undefined ? [] : [[number.phoneNumberId, set]];
      }),
    );
  return {
    phoneNumberIds: numbers.map((number) => number.phoneNumberId),
    accessTokens: own((number) => number.accessToken),
    appSecrets: own((number) => number.appSecret?.[0]),
  };
}

/** Variables for the demo company's system; null when a real one is configured. */
async function provideCompany(
  environment: NodeJS.ProcessEnv,
  { secrets, teardown }: LocalOptions,
): Promise<NodeJS.ProcessEnv | null> {
  if (isSet(environment, "COMPANY_API_URL")) return null;
  const secret = environment.COMPANY_API_SECRET?.trim() || (secrets.get("COMPANY_API_SECRET") ?? "");
  const company = await teardown.open(startCompanyApi({ secret }));
  return {
    COMPANY_API_SECRET: secret,
    COMPANY_API_URL: company.url,
    ...testPhones(environment),
    ...(!isSet(environment, "TOOL_SHOP_URL") && {
      TOOL_SHOP_URL: company.url,
      ALLOW_TOOL_HOSTS: allowing(environment, new URL(company.url).host),
    }),
  };
}

/** Variables for the system of a company with tools of its own; null when a real one is configured. */
async function provideSystem(
  environment: NodeJS.ProcessEnv,
  { secrets, teardown, company = SHOP }: LocalOptions,
): Promise<NodeJS.ProcessEnv | null> {
  const { system } = company;
  if (!system || isSet(environment, system.variable)) return null;
  const secret = environment.COMPANY_API_SECRET?.trim() || (secrets.get("COMPANY_API_SECRET") ?? "");
  const { variables } = await teardown.open(startCompanySystem(system, { secret, now: Date.now }));
  const hosts = allowing(environment, variables.ALLOW_TOOL_HOSTS ?? "");
  return { ...variables, ...testPhones(environment), ALLOW_TOOL_HOSTS: hosts };
}

/** The hosts that are allowed, and this one. */
const allowing = (environment: NodeJS.ProcessEnv, host: string): string =>
  [environment.ALLOW_TOOL_HOSTS?.trim(), host].filter(Boolean).join(",");

/** The simulator's first customer is one for the playground too. */
const testPhones = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  isSet(environment, "TEST_PHONES") ? {} : { TEST_PHONES: DEMO_CUSTOMERS[0]?.phone };
