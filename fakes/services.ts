import type { Teardown } from "../host/lifecycle.ts";
import { isSet } from "../host/settings.ts";
import { moreNumbers } from "../lib/config/numbers.ts";
import { startCompanyApi } from "./company-api.ts";
import { type Graph, startGraph } from "./graph.ts";
import { startOfflineModel } from "./model.ts";

/** One outside service, and whether it is the real one. */
export interface Service {
  name: string;
  local: boolean;
  detail: string;
}

export interface LocalServices {
  /** Null when a real WhatsApp number is connected. */
  graph: Graph | null;
  modelIsOffline: boolean;
  services: Service[];
}

/** The business number of the pretend Graph API. */
export const LOCAL_PHONE_NUMBER_ID = "100000000000001";

/**
 * Starts a stand-in on loopback for each outside service whose variable is unset, and puts its address into
 * `environment`.
 */
export async function startLocalServices(
  environment: NodeJS.ProcessEnv,
  secrets: ReadonlyMap<string, string>,
  teardown: Teardown,
  webhookUrl: () => string | null,
): Promise<LocalServices> {
  // A real number's webhooks are signed with its own secret: a made-up one would refuse them all.
  const own = isSet(environment, "WHATSAPP_ACCESS_TOKEN")
    ? []
    : ["WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"];
  for (const name of [...own, "CRON_SECRET"])
    if (!isSet(environment, name)) environment[name] = secrets.get(name);
  const modelIsOffline = await provideModel(environment, teardown);
  const graph = await provideGraph(environment, secrets, teardown, webhookUrl);
  const companyIsLocal = await provideCompany(environment, secrets, teardown);
  return {
    graph,
    modelIsOffline,
    services: [
      {
        name: "model",
        local: modelIsOffline,
        detail: modelIsOffline
          ? "offline stand-in (set OPENAI_API_KEY for GPT-4o)"
          : (environment.OPENAI_BASE_URL ?? "OpenAI"),
      },
      {
        name: "WhatsApp",
        local: graph !== null,
        detail: graph ? "pretend Graph API (set WHATSAPP_ACCESS_TOKEN for a real number)" : "real number",
      },
      {
        name: "orders",
        local: companyIsLocal,
        detail: companyIsLocal ? "the demo company's (set COMPANY_API_URL for yours)" : "your own system",
      },
    ],
  };
}

async function provideModel(environment: NodeJS.ProcessEnv, teardown: Teardown): Promise<boolean> {
  if (isSet(environment, "OPENAI_API_KEY")) return false;
  environment.OPENAI_API_KEY = "local";
  // A compatible server of one's own may need no key.
  if (isSet(environment, "OPENAI_BASE_URL")) return false;
  const model = await startOfflineModel({});
  teardown.add(model.close);
  environment.OPENAI_BASE_URL = model.url;
  return true;
}

async function provideGraph(
  environment: NodeJS.ProcessEnv,
  secrets: ReadonlyMap<string, string>,
  teardown: Teardown,
  webhookUrl: () => string | null,
): Promise<Graph | null> {
  if (isSet(environment, "WHATSAPP_ACCESS_TOKEN")) return null;
  const accessToken = secrets.get("WHATSAPP_ACCESS_TOKEN") ?? "";
  const phoneNumberId = environment.WHATSAPP_PHONE_NUMBER_ID?.trim() || LOCAL_PHONE_NUMBER_ID;
  const appSecret = environment.WHATSAPP_APP_SECRET?.split(",")[0]?.trim() ?? "";
  const more = furtherNumbers(environment);
  const graph = await startGraph({
    accessToken,
    phoneNumberIds: [phoneNumberId, ...more.phoneNumberIds],
    accessTokens: more.accessTokens,
    appSecret,
    appSecrets: more.appSecrets,
    webhookUrl,
  });
  teardown.add(graph.close);
  environment.WHATSAPP_ACCESS_TOKEN = accessToken;
  environment.WHATSAPP_PHONE_NUMBER_ID = phoneNumberId;
  environment.WHATSAPP_API_BASE_URL = graph.url;
  return graph;
}

/** What the pretend Graph API has to know of `WHATSAPP_NUMBERS`; of a wrong one nothing, since the bot says what is wrong with it. */
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

async function provideCompany(
  environment: NodeJS.ProcessEnv,
  secrets: ReadonlyMap<string, string>,
  teardown: Teardown,
): Promise<boolean> {
  if (isSet(environment, "COMPANY_API_URL")) return false;
  const secret = environment.COMPANY_API_SECRET?.trim() || (secrets.get("COMPANY_API_SECRET") ?? "");
  const company = await startCompanyApi({ secret });
  teardown.add(company.close);
  environment.COMPANY_API_SECRET = secret;
  environment.COMPANY_API_URL = company.url;
  return true;
}
