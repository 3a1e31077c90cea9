import { afterAll, beforeAll, expect, test } from "vitest";
import { ConfigurationError, parseEnv } from "../../lib/config/env.ts";
import { purge } from "../../lib/jobs/purge.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ env: { RETENTION_DAYS: "30" } });
});
afterAll(() => world.close());

const NOTHING = {
  messages: 0,
  turns: 0,
  exchanges: 0,
  handoffs: 0,
  customers: 0,
  earlyStatuses: 0,
  accountEvents: 0,
  consoleRecords: 0,
  purgedMessages: 0,
  counters: 0,
};

const callPurge = (secret: string) =>
  fetch(`${world.url}/api/cron/purge`, { headers: { authorization: `Bearer ${secret}` } });

test("the purge is the cron's alone", async () => {
  expect((await callPurge("guess")).status).toBe(401);
  expect((await fetch(`${world.url}/api/cron/purge`, { method: "POST" })).status).toBe(405);
});

test("the purge takes what is older than RETENTION_DAYS, in batches, and says how much", async () => {
  const ana = world.customer("51960000001");
  await ana.send("hola");
  await ana.waitForReply();
  await world.drain();
  await world.sql`
    insert into messages (tenant_id, conversation_id, direction, state, type, text, sent_at, created_at)
      select tenant_id, id, 'in', 'received', 'text', 'old', old, old
        from conversations, generate_series(1, 2500) n, lateral (select now() - interval '31 days' as old) o`;
  const response = await callPurge(WORLD.cronSecret);
  const purged = { ...NOTHING, messages: 2500, mediaFiles: 0 };
  expect(await response.json()).toEqual({ purged, done: true });
  expect(await world.sql`select text from messages where direction = 'in'`).toEqual([{ text: "hola" }]);
});

test("one call stops after its time and says that more is left", async () => {
  let nowMs = 0;
  const full = { ...NOTHING, messages: 1_000 };
  const done = await purge({
    retention: {
      purge: async () => {
        nowMs += 4_000;
        return full;
      },
    },
    retentionDays: 365,
    exchangeDays: 365,
    mediaFiles: {
      record: async () => null,
      confirm: async () => undefined,
      shorten: async () => undefined,
      due: async () => [],
      forget: async () => 0,
    },
    fileStore: null,
    clock: { now: () => nowMs, sleep: async () => undefined },
    log: createLog("error"),
  });
  expect(done).toEqual({ purged: { ...full, messages: 4_000, mediaFiles: 0 }, done: false });
});

test.each(["7", "0", "-1", "ten"])("RETENTION_DAYS=%s is refused with its reason", (value) => {
  const problemsOf = () => {
    try {
      parseEnv({ RETENTION_DAYS: value });
      return [];
    } catch (error) {
      return error instanceof ConfigurationError ? error.problems : [];
    }
  };
  expect(problemsOf()).toContainEqual(
    expect.objectContaining({ variable: "RETENTION_DAYS", fix: expect.stringContaining("8 or more") }),
  );
});
