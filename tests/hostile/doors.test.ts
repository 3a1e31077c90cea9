import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runs, SEED, sample } from "../support/seed.ts";
import { startWorld, type World } from "../support/world.ts";
import { everyday, play, type Script } from "./conversation.ts";
import { DOORS } from "./doors.ts";
import { hostileValue, inWords, NAMED } from "./values.ts";

const RUNS = runs(90);

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld({ endpoints: true, env: { STATUS_WAIT_MS: "100" } });
});
afterAll(() => world.close());

/** Status of a customer's conversation, with its reasons. */
async function outcomeOf(phone: string) {
  const [found] = await world.sql<{
    state: string;
    errors: string[];
    turns: number;
    attempts: number;
    open: boolean;
    retryMs: number | null;
    limited: boolean;
  }>`
    select t.state, t.errors, c.attempts, received_seq > answered_seq as open,
           (select count(*)::int from turns where conversation_id = c.id) as turns,
           (extract(epoch from retry_at - clock_timestamp()) * 1000)::float8 as "retryMs",
           exists (select from messages where conversation_id = c.id and state = 'rate_limited') as limited
      from customers u join conversations c on c.customer_id = u.id
        left join lateral (select * from turns where conversation_id = c.id order by started_at desc limit 1) t on true
      where u.phone = ${phone}`;
  const requests = world.graph.requests.filter(
    ({ body }) => typeof body === "object" && body !== null && "to" in body && body.to === `+${phone}`,
  );
  return { ...found, requests: requests.length };
}

/** Something hostile, and the door that it comes through. */
type Entry = readonly [door: string, value: unknown];

/** Lets them in, and sees an answer in the same turn: nothing waits for minutes, and the database has refused nothing. */
async function answers(...entries: readonly Entry[]): Promise<void> {
  people += 1;
  const phone = `5195${1_000_000 + people}`;
  const script = everyday();
  for (const [door, value] of entries) Object.assign(script, DOORS[door]?.(script, value));
  const webhooks = await play(script, phone, world);
  const outcome = await outcomeOf(phone);
  const shown = JSON.stringify({
    in: entries.map(([door, value]) => [door, inWords(value)]),
    webhooks,
    outcome,
  });
  expect(new Set(webhooks), shown).toEqual(new Set([200]));
  expect(outcome.requests, shown).toBeGreaterThan(0);
  expect(JSON.stringify(outcome.errors ?? []), shown).not.toMatch(/pg_|"turn:/);
  // Then all they get is a notice.
  if (outcome.limited) return;
  expect(outcome.turns, shown).toBe(1);
  expect(outcome.state, shown).toMatch(endings(script));
  expect(outcome.retryMs ?? 0, shown).toBeLessThanOrEqual(15 * 60_000);
  if (outcome.state === "answered") expect(outcome, shown).toMatchObject({ attempts: 0, open: false });
}

/** Graph itself may refuse for good, or want to be left alone for a while. */
function endings({ graph }: Script): RegExp {
  if (graph?.status === 400) return /^(answered|dead)$/;
  return graph?.status === 429 ? /^(answered|drafted)$/ : /^answered$/;
}

describe("what PostgreSQL refused", () => {
  const rows = [
    ["model: tool's query", ["NUL", "half a surrogate pair"]],
    ["model: summary for a person", ["NUL", "half a surrogate pair", "the other half"]],
    ["model: more than the tool asks for", ["100,000 lists in each other", "a million characters"]],
    ["company: item's name", ["NUL", "half a surrogate pair"]],
    ["model: tokens read", ["12.5", "5e9", "2^31", "-1", "1e308"]],
    ["model: tokens said", ["12.5", "5e9", "2^31", "-1", "1e308"]],
    ["model: confidence", ["1e-137"]],
    ["Graph: code of a refusal", ["2^31", "5e9", "5e9 as text"]],
    ["Graph: when to come back", ["5e9 as text"]],
    ["cache: rest of a window", ["5e9 as text", "2^53"]],
  ] as const;
  const cases = rows.flatMap(([door, names]) => names.map((name) => [door, name] as const));
  test.each(sample(cases, cases.length / 6))("is answered in the same turn: %s is %s", (door, name) =>
    answers([door, NAMED[name]]),
  );
});

describe(`any door (SEED=${SEED})`, () => {
  test("answers in the same turn, whatever comes in", async () => {
    const entry = fc.tuple(fc.constantFrom(...Object.keys(DOORS)), hostileValue);
    // Nobody outside sends more than one of them at once: two of a customer's may be a body that is too large.
    const selector = ([door]: Entry) => door.split(":")[0];
    const entries = fc.uniqueArray(entry, { selector, minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(entries, (some) => answers(...some)),
      { seed: SEED, numRuns: Number(process.env.RUNS ?? RUNS), endOnFailure: true },
    );
    expect(world.errors).toEqual([]);
    // Nor does a model get what its service would refuse, but for its own name of a tool that there is not.
    const asked = world.model.requests.flatMap(({ messages }) => messages.map(({ text }) => text));
    const bad = asked.filter((text) => !text.isWellFormed() || text.includes("\0"));
    expect(bad.filter((text) => !text.startsWith("Model tried to call"))).toEqual([]);
  });

  test("has let nothing in that a terminal would obey", async () => {
    const order = NAMED["a terminal's escape"];
    await answers(["customer: words", order], ["model: reply", order], ["company: item's name", order]);
    await answers(["customer: name", order], ["model: summary for a person", order]);
    // As characters, and as JSON writes them.
    const control = "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f]|\\\\u00(0[0-8bcef]|1[0-9a-f])";
    const kept = await world.sql`
      select left(row, 200) as row
        from (select m::text from messages m union all select u::text from customers u union all select h::text from handoffs h
              union all select t::text from turns t union all select c::text from tool_calls c) kept (row)
        where row ~ ${control}`;
    expect(kept).toEqual([]);
  });
});
