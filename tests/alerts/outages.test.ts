import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createAlertStore } from "../../db/alerts.ts";
import { count, fresh } from "../console/insight/counters.ts";
import type { Receiver } from "../support/receiver.ts";
import { sample } from "../support/seed.ts";
import type { Slack } from "../support/slack.ts";
import type { World } from "../support/world.ts";
import { MINUTE, startWatched, type Watched } from "./watched.ts";

let bot: Watched;
let world: World;
let slack: Slack;
let receiver: Receiver;
let tenantId: string;
vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(async () => {
  bot = await startWatched();
  ({ world, slack, receiver, tenantId } = bot);
});
afterAll(() => bot.close());
beforeEach(() => bot.reset());

test("nothing is told while all is well; the checks are figures, and the endpoint wants its bearer", async () => {
  expect((await fetch(`${world.url}/api/cron/health`)).status).toBe(401);
  expect(await bot.pass(1)).toEqual([]);
  const before = world.neon.requests.statements;
  expect(await bot.pass(1)).toEqual([]);
  // Two of the one that has come too late; those of the other one stay the same whatever there is to check.
  expect(world.neon.requests.statements - before).toBeLessThanOrEqual(2 + 12);
  const sums = await world.sql<{ name: string; result: string; n: number }>`
    select labels ->> 'name' as name, labels ->> 'result' as result, sum(x.n)::int as n
      from metric_counters, unnest(counts) x (n) where metric = 'health' and grain = 'minute' group by 1, 2 order by 1`;
  expect(sums).toEqual(
    ["cache", "database", "model", "whatsapp"].map((name) => ({ name, result: "ok", n: 2 })),
  );
});

const SERVICES: [string, string, () => void][] = [
  ["model", "the model service", () => world.model.setLives({ isDown: true })],
  ["whatsapp", "Meta's Graph API", () => world.graph.setAccount({ isDown: true })],
  ["cache", "the cache", () => world.upstash.setFault(() => ({ status: 500 }))],
];
test.each(sample(SERVICES, 1))(
  "%s is down: told at the second look, once by two instances, and when it is back",
  async (name, words, fail) => {
    await bot.pass(1);
    fail();
    expect(await bot.pass(1)).toEqual([]);
    const severity = name === "cache" ? "ticket" : "page";
    expect(await bot.pass(3)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^\\*WhatsApp\\*: ${severity}: ${words} does not answer .*<http://127.*/console/${tenantId}/insight/alerts\\|Alerts> <https://example.com/runbook.md#a-service-is-down\\|Runbook>$`,
        ),
      ),
    ]);
    // Reminded a day later, not before.
    bot.nowMs += 24 * 60 * MINUTE;
    if (severity === "page") expect(await bot.pass(2)).toEqual([expect.stringContaining("still: ")]);
    world.model.setLives({});
    world.graph.setAccount({});
    world.upstash.setFault(null);
    expect(await bot.pass(3, 2 * MINUTE)).toEqual([
      expect.stringMatching(/over: .* does not answer \(after /),
    ]);
    expect(receiver.told.map(({ body }) => body.alert)).toEqual(
      [["open"], severity === "page" ? ["open"] : [], ["over"]].flat().map((state) => ({
        ...{ name: `dependency:${name}`, severity, state },
      })),
    );
    expect(receiver.told[0]?.body).toMatchObject({
      type: "alert",
      consoleUrl: `${world.url}/console/${tenantId}/insight/alerts`,
      runbook: "https://example.com/runbook.md#a-service-is-down",
    });
  },
);

test("the database is down: told once all the same, and listed when it is back", async () => {
  await bot.pass(1);
  world.neon.setFault(() => ({ status: 500 }));
  const runs = [bot.instance(), bot.instance()];
  const from = slack.told.length;
  for (let minute = 0; minute < 4; minute += 1) {
    bot.nowMs += MINUTE;
    await Promise.all(runs.map((run) => run()));
  }
  expect(slack.told.slice(from)).toEqual([
    expect.stringMatching(/page: the database does not answer .*#the-database-is-down\|Runbook>$/),
  ]);
  world.neon.setFault(null);
  expect(await bot.pass(1)).toEqual([]);
  expect(await bot.pass(4)).toEqual([expect.stringContaining("over: the database does not answer")]);
  const { recovered } = await createAlertStore({ sql: world.sql }).list(tenantId, bot.nowMs);
  expect(recovered).toMatchObject([{ name: "dependency:database", toldMs: expect.any(Number) }]);
  expect((recovered[0]?.recoveredMs ?? 0) - (recovered[0]?.openedMs ?? 0)).toBeGreaterThan(5 * MINUTE);
});

test("what waits for somebody, what Meta says, and what was spent", async () => {
  world.graph.setAccount({ tokenEndsAtS: Math.floor(bot.nowMs / 1_000) + 10 * 86_400, subscribedApps: [] });
  await world.sql`
    insert into usage (tenant_id, day, share, turns, sound_s, usd)
      values (${tenantId}::uuid, (now() at time zone 'UTC')::date, 0, 1, 0, 81)
      on conflict (tenant_id, day, share) do update set usd = 81`;
  await world.sql`
    insert into account_events (tenant_id, field, event, severity, detail, happened_at, fingerprint)
      values (${tenantId}::uuid, 'message_template_status_update', 'PAUSED', 'warning', '{"message_template_name": "orden_lista"}', now(), 'x')`;
  const told = await bot.pass(2);
  expect(told.map((each) => /: (\w+: .*) \(/.exec(each)?.[1]).sort()).toEqual([
    "page: Tambo: the app is not subscribed to the WhatsApp account …0398",
    "ticket: Tambo: models have cost 81 of 100 US dollars this month",
    "ticket: Tambo: the access token of number …2922 ends in 10 days",
  ]);
  // The template was told by the webhook that brought it: listed, and told when it is over.
  const { open } = await createAlertStore({ sql: world.sql }).list(tenantId, bot.nowMs);
  expect(open.map(({ name }) => name)).toContain("account:message_template_status_update:orden_lista");
  // Meta is asked each hour.
  world.graph.setAccount({ tokenIsValid: false });
  await world.sql`update account_events set event = 'APPROVED', severity = 'info'`;
  await world.sql`update usage set usd = 0`;
  expect((await bot.pass(2)).sort()).toEqual([
    expect.stringContaining("over: Tambo: models have cost"),
    expect.stringContaining("over: Tambo: the template orden_lista: paused"),
  ]);
  bot.nowMs += 60 * MINUTE;
  expect(await bot.pass(1)).toEqual([
    expect.stringContaining("worse: Tambo: the access token of number …2922 is no longer valid"),
  ]);
  world.graph.setAccount({});
  bot.nowMs += 60 * MINUTE;
  expect((await bot.pass(1)).sort()).toEqual([
    expect.stringContaining("over: Tambo: the access token"),
    expect.stringContaining("over: Tambo: the app is not subscribed"),
  ]);
});

test("figures that stop are told, and no burn rate is looked at by them", async () => {
  await count(world, [{ tenantId, metric: "wait", atMs: bot.nowMs - 2 * MINUTE, ms: 60_000, n: 100 }]);
  // Its way to the counters fails; all else goes on.
  world.neon.setFault((body) => (body.includes("roll_up(") ? { status: 500 } : null));
  await fresh(world, bot.nowMs - 20 * MINUTE);
  bot.nowMs += MINUTE;
  await bot.instance()();
  // A job that has much to catch up with, as after a start, is given some minutes.
  expect(slack.told).toEqual([]);
  bot.nowMs += 5 * MINUTE;
  await bot.instance()();
  expect(slack.told).toEqual([expect.stringMatching(/ticket: the figures are 2\d minutes behind/)]);
  world.neon.setFault(null);
  expect(await bot.pass(2)).toEqual([expect.stringContaining("over: the figures are 2")]);
});

test("slow replies burn the budget: one page, and over when they are quick again", async () => {
  // Four quiet days before.
  const quick = (hour: number) => ({
    tenantId,
    metric: "wait" as const,
    atMs: bot.nowMs - hour * 60 * MINUTE,
    ms: 900,
    n: 100,
  });
  await count(
    world,
    Array.from({ length: 94 }, (_, hour) => quick(hour + 2)),
  );
  // Each model answers too late: the reply falls back, and the customer waits for longer than promised.
  world.model.setFault(() => ({ delayMs: 2_500 }));
  const people = Array.from({ length: 24 }, (_, place) => `51913000${1_000 + place}`);
  await Promise.all(people.map((phone) => world.customer(phone).sendUntilStored("¿Cuánto cuesta el envío?")));
  await world.drain();
  world.model.setFault(null);
  // Whether they were asked within one minute or two, all of them are over.
  bot.nowMs = Date.now() + MINUTE;
  const told = await bot.pass(2);
  const about = (objective: string) => told.filter((each) => each.includes(objective));
  expect(about("customer's wait")).toEqual([
    expect.stringMatching(
      /page: .*customer's wait: its error budget is spent \d+(\.\d)? times as fast as allowed \(\d+ of 24 missed within 1h; .*#an-error-budget-burns/,
    ),
  ]);
  expect(await bot.pass(3)).toEqual([]);
  const open = (await createAlertStore({ sql: world.sql }).list(tenantId, bot.nowMs)).open;
  expect(open.find(({ name }) => name === "burn:wait:page")).toMatchObject({
    facts: { objective: "wait", window: "1h", all: 24, factor: 14 },
  });
  // The last five minutes are clean: quick replies, and ten minutes later it is over.
  const after = await bot.pass(6, 3 * MINUTE);
  expect(after.filter((each) => each.includes("over: ") && each.includes("customer's wait"))).toHaveLength(1);
  expect(after.filter((each) => each.includes("page: "))).toEqual([]);
});
