import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld({ otlp: true });
});

afterAll(() => world.close());

test("a customer writes and is answered; everything is done when drained", async () => {
  const ana = world.customer("51987654321");
  const { waMessageId, response } = await ana.send("¿Dónde está mi pedido 1042?");
  expect(response.status).toBe(200);
  const [reply] = await ana.waitForReply();
  expect(reply?.text).toContain("1042");
  await world.drain();
  const rows = await world.sql<{ direction: string; state: string }>`
    select direction, state from messages order by direction`;
  expect(rows).toEqual([
    { direction: "in", state: "received" },
    { direction: "out", state: "read" },
  ]);
  expect(world.graph.requests.some(({ body }) => JSON.stringify(body).includes(waMessageId))).toBe(true);
  expect(world.company.requests).toHaveLength(1);
  expect(world.otlp?.spans().map((span) => span.name)).toContain("classify");
  expect(world.errors).toEqual([]);
});

test("a body signed with another secret is refused, and the cron wants its secret", async () => {
  expect((await world.deliver({ object: "x" }, { secret: "other" })).status).toBe(401);
  expect((await fetch(`${world.url}/api/cron/resume`)).status).toBe(401);
  expect((await world.resume()).status).toBe(200);
});
