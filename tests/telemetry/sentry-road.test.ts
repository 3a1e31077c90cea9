import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";
import { startSentrySink } from "./sentry-sink.ts";

let world: World;
let sink: Awaited<ReturnType<typeof startSentrySink>>;

beforeAll(async () => {
  sink = await startSentrySink();
  world = await startWorld({ endpoints: true, env: { SENTRY_DSN: sink.dsn } });
});
afterAll(async () => {
  await world.close();
  sink.close();
});

test("a message that cannot be stored is reported, without the customer's words or number", async () => {
  world.neon.setFault(() => ({ reset: true }));
  const { response } = await world.customer("51955555551").send("me gusta la zanahoria");
  world.neon.setFault(null);
  expect(response.status).toBe(503);
  await world.drain();
  expect(sink.arrived.map(({ lines }) => lines[2]?.fingerprint)).toEqual([
    ["webhook.not_stored", expect.stringMatching(/^[a-z_0-9]+$/)],
  ]);
  expect(sink.arrived[0]?.body).not.toMatch(/zanahoria|51955555551/);
});
