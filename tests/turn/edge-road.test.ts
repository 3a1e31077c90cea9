import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EdgeServer, serveEdge } from "../../fakes/edge/serve.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let edge: EdgeServer;

beforeAll(async () => {
  world = await startWorld({ graph: { statuses: "none" } });
  edge = await serveEdge(join(PROJECT_DIRECTORY, "api/whatsapp/webhook.ts"), { env: world.environment });
});
afterAll(async () => {
  await edge.close();
  await world.close();
});

test("the whole road from webhook to reply runs inside the edge VM with eval off", async () => {
  const from = "51987654321";
  const body = textWebhook({
    phoneNumberId: WORLD.phoneNumberId,
    from,
    name: "Ana",
    text: "¿Dónde está mi pedido 1042?",
    waMessageId: newWaMessageId(),
    timestampMs: Date.now(),
  });
  const url = `${edge.url}/api/whatsapp/webhook`;
  const response = await deliverWebhook(url, body, WORLD.appSecret);
  expect([response.status, await response.json()]).toEqual([200, { received: 1 }]);
  await edge.drain();
  expect(world.graph.sent.map(({ phone, text }) => [phone, text])).toEqual([
    [from, expect.stringMatching(/1042.*Olva/s)],
  ]);
  const [turn] = await world.sql`select state, rung, intent, errors from turns`;
  expect(turn).toEqual({ state: "answered", rung: "full", intent: "order_status", errors: [] });
  // Behind the response, what is due: figures are counted, and the watch has looked at everything.
  expect(await world.sql`select name from alert_runs order by name`).toEqual([
    { name: "drift" },
    { name: "graph" },
    { name: "watch" },
  ]);
  const checks = await world.sql<{
    name: string;
  }>`select distinct labels ->> 'name' as name from metric_counters where metric = 'health' order by 1`;
  expect(checks.map(({ name }) => name)).toEqual(["cache", "database", "model", "whatsapp"]);
  expect((await deliverWebhook(url, body, "wrong")).status).toBe(401);
});
