import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";
import { everyday, play, type Script } from "./conversation.ts";
import { DOORS } from "./doors.ts";
import { hostileValue, inWords, NAMED } from "./values.ts";

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const RUNS = 90;

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld({ env: { ECHO_WAIT_MS: "100" } });
});
afterAll(() => world.close());

/** What a customer's conversation has come to, and why. */
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
      from users u join conversations c on c.user_id = u.id
        left join lateral (select * from turns where conversation_id = c.id order by started_at desc limit 1) t on true
      where u.phone = ${phone}`;
  const requests = world.graph.requests.filter(
    ({ body }) => typeof body === "object" && body !== null && "to" in body && body.to === `+${phone}`,
  );
  return { ...found, requests: requests.length };
}

/** Puts the value behind the door, and sees an answer in the same turn: nothing waits for minutes, nothing was refused by the database. */
async function answers(door: string, value: unknown): Promise<void> {
  people += 1;
  const phone = `5195${String(1_000_000 + people)}`;
  const script = { ...everyday(), ...DOORS[door]?.(everyday(), value) } satisfies Script;
  const statuses = await play(script, phone, world);
  const outcome = await outcomeOf(phone);
  const shown = `${door} = ${inWords(value)}: ${JSON.stringify({ statuses, ...outcome })}`;
  expect(
    statuses.every((status) => status === 200),
    shown,
  ).toBe(true);
  expect(outcome.requests, shown).toBeGreaterThan(0);
  expect(JSON.stringify(outcome.errors ?? []), shown).not.toMatch(/pg_|"turn:/);
  if (outcome.limited) return;
  expect(outcome, shown).toMatchObject({
    turns: 1,
    attempts: script.graph?.status === 429 ? expect.any(Number) : 0,
  });
  // Graph itself may have refused for good, or asked to be left alone for a while.
  const endings =
    script.graph?.status === 400
      ? ["answered", "dead"]
      : script.graph?.status === 429
        ? ["answered", "drafted"]
        : ["answered"];
  expect(endings, shown).toContain(outcome.state);
  expect(outcome.retryMs ?? 0, shown).toBeLessThanOrEqual(15 * 60_000);
}

describe("what PostgreSQL refused", () => {
  const rows = [
    ["model: tool's query", ["NUL", "half a surrogate pair"]],
    ["model: summary for a person", ["NUL", "half a surrogate pair", "the other half"]],
    ["model: more than the tool asks for", ["100,000 lists in each other", "a million characters"]],
    ["company: item's name", ["NUL", "half a surrogate pair"]],
    ["model: tokens read", ["12.5", "5e9", "2^31", "-1", "1e308"]],
    ["model: tokens said", ["12.5", "5e9", "2^31", "-1", "1e308"]],
    ["Graph: code of a refusal", ["2^31", "5e9", "5e9 as text"]],
    ["Graph: when to come back", ["5e9 as text"]],
    ["cache: rest of a window", ["5e9 as text", "2^53"]],
  ] as const;
  test.each(rows.flatMap(([door, names]) => names.map((name) => [door, name] as const)))(
    "is answered in the same turn: %s is %s",
    (door, name) => answers(door, NAMED[name]),
  );
});

describe(`any door (SEED=${SEED})`, () => {
  test("answers in the same turn, whatever comes in", async () => {
    const anywhere = fc.constantFrom(...Object.keys(DOORS));
    await fc.assert(fc.asyncProperty(anywhere, hostileValue, answers), {
      seed: SEED,
      numRuns: Number(process.env.RUNS ?? RUNS),
      endOnFailure: true,
    });
    expect(world.errors).toEqual([]);
    // Nor does a model get what its service would refuse.
    const asked = world.model.requests.flatMap(({ messages }) => messages.map(({ text }) => text));
    expect(asked.filter((text) => !text.isWellFormed() || text.includes("\0"))).toEqual([]);
  });

  test("has let nothing in that a terminal would obey", async () => {
    await answers("customer: words", NAMED["a terminal's escape"]);
    await answers("customer: name", NAMED["a terminal's escape"]);
    await answers("model: summary for a person", NAMED["a terminal's escape"]);
    // As characters, and as JSON writes them.
    const control = "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f]|\\\\u00(0[0-8bcef]|1[0-9a-f])";
    const kept = await world.sql`
      select left(row, 200) as row
        from (select m::text from messages m union all select u::text from users u union all select h::text from handoffs h
              union all select t::text from turns t union all select c::text from tool_calls c) kept (row)
        where row ~ ${control}`;
    expect(kept).toEqual([]);
  });
});
