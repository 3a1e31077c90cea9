import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createGuessReader } from "../../db/guesses.ts";
import { driftLook } from "../../lib/alerts/drift.ts";
import { startWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;

let world: World;
let place: { tenantId: string; conversationId: string };
const nowMs = Date.now();

beforeAll(async () => {
  world = await startWorld({ env: { INTENT_LOCAL: "off" } });
  const customer = world.customer("51930030001");
  await customer.send("hola");
  await customer.waitForReply();
  await world.drain();
  const [row] = await world.sql<typeof place>`
    select tenant_id as "tenantId", id as "conversationId" from conversations limit 1`;
  if (!row) throw new Error("no conversation");
  place = row;
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.sql`delete from turns where guess is not null`;
});

interface Guesses {
  daysAgo: number;
  count: number;
  agreeing: number;
  decidedBy?: string;
  version?: string;
  sure?: boolean;
}

/** Turns with a guess, of which so many agree with the intent. */
async function guessed({
  daysAgo,
  count,
  agreeing,
  decidedBy = "model",
  version = "one",
  sure = true,
}: Guesses) {
  const guess = JSON.stringify({ intent: "order_status", confidence: 0.9, sure, version });
  await world.sql`
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, language, decided_by, guess, started_at)
      select gen_random_uuid(), ${place.tenantId}::uuid, ${place.conversationId}::uuid, 1, 1, 'answered',
             case when n <= ${agreeing}::integer then 'order_status' else 'general' end, 'es', ${decidedBy}, ${guess}::jsonb,
             to_timestamp(${nowMs - daysAgo * DAY_MS}::float8 / 1000)
        from generate_series(1, ${count}::integer) n`;
}

const look = () => driftLook(place.tenantId, nowMs, createGuessReader(world));

test("is found when a week's guesses agree less than those of the weeks before", async () => {
  await guessed({ daysAgo: 20, count: 400, agreeing: 390 });
  await guessed({ daysAgo: 2, count: 100, agreeing: 97 });
  expect(await look()).toEqual({ found: [], checked: ["drift"] });
  await guessed({ daysAgo: 1, count: 100, agreeing: 60 });
  expect((await look()).found).toMatchObject([
    { name: "drift", severity: "ticket", facts: { before: 98, now: 79, compared: 200 } },
  ]);
});

test("is not looked for across other weights", async () => {
  await guessed({ daysAgo: 20, count: 400, agreeing: 390 });
  await guessed({ daysAgo: 1, count: 200, agreeing: 60, version: "two" });
  expect((await look()).found).toEqual([]);
});

test("figures tell what was sure, compared and agreed, of the newest weights", async () => {
  await guessed({ daysAgo: 3, count: 7, agreeing: 7, version: "old" });
  await guessed({ daysAgo: 2, count: 5, agreeing: 4 });
  await guessed({ daysAgo: 2, count: 3, agreeing: 1, sure: false });
  await guessed({ daysAgo: 1, count: 2, agreeing: 2, decidedBy: "likeness" });
  const time = { fromMs: nowMs - 7 * DAY_MS, toMs: nowMs };
  expect(await createGuessReader(world).agreement(place.tenantId, time)).toEqual({
    version: "one",
    cells: [
      {
        ...{ intent: "order_status", language: "es", turns: 10, sure: 7, compared: 5, agreed: 4 },
        ...{ likely: 8, likelyAgreed: 5 },
      },
    ],
  });
});

test("messages are proposed that the model sorted surely and the guess did not decide", async () => {
  const guess = JSON.stringify({ intent: null, confidence: 0.4, sure: false, version: "one" });
  const [turn] = await world.sql<{ id: string }>`
    update turns set decided_by = 'model', confidence = 0.95, intent = 'greeting', language = 'es', guess = ${guess}::jsonb
      where id = (select turn_id from messages where direction = 'in' limit 1) returning id`;
  const learnable = () => createGuessReader(world).learnable(place.tenantId, { fromMs: 0, most: 5 });
  expect(await learnable()).toEqual([{ text: "hola", intent: "greeting", language: "es" }]);
  await world.sql`update turns set confidence = 0.8 where id = ${turn?.id ?? ""}::uuid`;
  expect(await learnable()).toEqual([]);
});
