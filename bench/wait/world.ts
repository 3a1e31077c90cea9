import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, type Database } from "../../db/client.ts";
import { loadCompany } from "../../db/company.ts";
import { startCompanyApi } from "../../fakes/company-api.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Teardown } from "../../host/machine/lifecycle.ts";
import { NUMBER } from "../webhook/load.ts";
import { startWorld as startStores } from "../webhook/world.ts";
import { startDistance } from "./delay.ts";
import { MESSAGES, orderOf, phoneOf } from "./messages.ts";
import { type SlowModel, startSlowModel } from "./model.ts";

export const ROUND_TRIP_MS = 20;
/** Of the company's own system. */
const COMPANY_MS = 150;

/** Services that the bots of all modes share. */
export interface World {
  graph: { replyTo(phone: string, limitMs: number): Promise<boolean> };
  model: SlowModel;
  /** Environment of every bot. */
  environment: Record<string, string>;
  sql: Database["sql"];
}

/** Starts stores that are not near, a slow model, and the demo company with an order for whoever asks about one. */
export async function startWorld(teardown: Teardown, modes: number, seed: number): Promise<World> {
  const stores = await startStores(teardown);
  const { environment, sockets, graph, database } = stores;
  const away = async (url = ""): Promise<string> => {
    const address = new URL(url);
    const distance = await startDistance(Number(address.port), ROUND_TRIP_MS);
    teardown.add(distance.close);
    address.port = String(distance.port);
    return address.href;
  };
  const model = await startSlowModel(seed);
  teardown.add(model.close);
  const { sql } = createDatabase(database.url);
  const demo = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
  // The figures are those of the intents that ship.
  await loadCompany({ sql }, NUMBER, { ...demo, intents: {}, tools: [] });
  const company = await startCompanyApi({ secret: "bench", ordersFile: await writeOrders(teardown, modes) });
  company.setFault(() => ({ delayMs: COMPANY_MS }));
  teardown.add(company.close);
  const waiting = new Map<string, (replied: boolean) => void>();
  graph.onMessage = (phone) => waiting.get(phone)?.(true);
  return {
    graph: {
      replyTo: (phone, limitMs) =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, limitMs, false);
          waiting.set(phone, (replied) => {
            clearTimeout(timer);
            resolve(replied);
          });
        }),
    },
    model,
    environment: {
      ...environment,
      ...sockets,
      POSTGRES_URL: await away(sockets.POSTGRES_URL),
      KV_REST_API_URL: await away(sockets.KV_REST_API_URL),
      OPENAI_BASE_URL: model.url,
      COMPANY_API_URL: company.url,
      COMPANY_API_SECRET: "bench",
    },
    sql,
  };
}

/** What a mode's turns were booked with. */
export interface Booked {
  /** Share of the tokens, and of the dollars, that went into answers which were not wanted. */
  tokens: number;
  usd: number;
  /** Dollars of a thousand turns. */
  thousandUsd: number;
  /** Shares of the turns that no model sorted, and that another than the intent's model answered. */
  unsorted: number;
  fallback: number;
}

/** What the turns of a mode's customers say. */
export async function booked(sql: Database["sql"], mode: number): Promise<Booked> {
  const theirs = `^(51|55|1)9${String(mode).padStart(2, "0")}[0-9]{6}$`;
  const [row] = await sql<Booked>`
    with own as (
      select t.* from turns t join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id
       where u.phone ~ ${theirs})
    select (sum(coalesce((m -> 'discarded' ->> 'inputTokens')::float8, 0) + coalesce((m -> 'discarded' ->> 'outputTokens')::float8, 0))
             / sum((m ->> 'inputTokens')::float8 + (m ->> 'outputTokens')::float8))::float8 as tokens,
           (sum(coalesce((m -> 'discarded' ->> 'costUsd')::float8, 0)) / sum((m ->> 'costUsd')::float8))::float8 as usd,
           (select 1000 * avg(cost_usd)::float8 from own) as "thousandUsd",
           (select avg((decided_by is distinct from 'model')::int)::float8 from own) as unsorted,
           (select avg((rung in ('fallback_model', 'plain', 'apology'))::int)::float8 from own) as fallback
      from own, jsonb_array_elements(own.models) m`;
  return row ?? { tokens: 0, usd: 0, thousandUsd: 0, unsorted: 0, fallback: 0 };
}

/** Writes an order for the customer of each message about one, in each mode; returns the file. */
async function writeOrders(teardown: Teardown, modes: number): Promise<string> {
  const orders = MESSAGES.flatMap((message, index) =>
    Array.from({ length: modes }, (_, mode) => ({
      customer: phoneOf(message, mode, index),
      ...{ number: orderOf(message), status: "shipped", placedDaysAgo: 4, total: "S/ 249" },
      items: [{ name: "Poncho", quantity: 1 }],
    })),
  );
  const folder = await mkdtemp(join(tmpdir(), "chasqui-wait-"));
  teardown.add(() => rm(folder, { recursive: true }));
  const file = join(folder, "orders.json");
  await writeFile(file, JSON.stringify(orders));
  return file;
}
