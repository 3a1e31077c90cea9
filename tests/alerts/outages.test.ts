import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { create as createWatch } from "../../api/cron/health.ts";
import { createAlertStore } from "../../db/alerts.ts";
import { createRollUp } from "../../db/metrics.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import type { Platform } from "../../lib/compose/platform.ts";
import type { Env } from "../../lib/config/env.ts";
import { parseEnv } from "../../lib/config/env.ts";
import { count, fresh } from "../console/insight/counters.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { sample } from "../support/seed.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

const MINUTE = 60_000;
const ACCOUNT = "102290129340398";

let world: World;
let slack: Slack;
let receiver: Receiver;
let tenantId: string;
/** Instances of the bot share a clock, which is set by hand. */
let nowMs: number;
const pending: Promise<unknown>[] = [];
vi.spyOn(console, "log").mockImplementation(() => {});

beforeAll(async () => {
  slack = await startSlack();
  receiver = await startReceiver();
  world = await startWorld({
    endpoints: true,
    env: {
      SLACK_WEBHOOK_URL: slack.url,
      NOTIFY_WEBHOOK_URL: receiver.url,
      RUNBOOK_URL: "https://example.com/runbook.md",
      WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT,
      BUDGET_MONTH_USD: "100",
      REPLY_TIMEOUT_MS: "1000",
    },
  });
  const [tenant] = await world.sql<{ id: string }>`select id from tenants`;
  tenantId = tenant?.id ?? "";
});
afterAll(async () => {
  await world.close();
  await slack.close();
  await receiver.close();
});
beforeEach(async () => {
  nowMs = Date.now();
  world.graph.setAccount({});
  world.model.setLives({});
  world.model.setFault(null);
  world.neon.setFault(null);
  world.upstash.setFault(null);
  for (const table of [world.sql`delete from alerts`, world.sql`delete from alert_runs`]) await table;
  await world.sql`delete from metric_counters`;
  await world.sql`delete from metric_passes`;
  await world.sql`delete from usage`;
  [slack.told.length, receiver.told.length] = [0, 0];
});

/** One instance of the cron. */
function instance(): () => Promise<{ checked: boolean; told: number }> {
  const env: Env = parseEnv(world.environment);
  const platform: Platform = {
    env: () => env,
    waitUntil: (promise) => void pending.push(promise),
    clock: { ...systemClock, now: () => nowMs },
  };
  const cron = createWatch(platform);
  const headers = { authorization: `Bearer ${WORLD.cronSecret}` };
  return async () =>
    (await (await cron(new Request(`${world.url}/api/cron/health`, { headers }))).json()) as never;
}

/** Runs two instances at once, every minute (or more) for so many times; gives what Slack was told. */
async function pass(times: number, everyMs = MINUTE): Promise<string[]> {
  const instances = [instance(), instance()];
  const from = slack.told.length;
  for (let time = 0; time < times; time += 1) {
    // Checks of services outside are shared for ten seconds.
    nowMs += everyMs;
    await createRollUp({ sql: world.sql }).step(5_000, nowMs);
    await Promise.all(instances.map((run) => run()));
  }
  return slack.told.slice(from);
}

test("nothing is told while all is well; the checks are figures, and the endpoint wants its bearer", async () => {
  expect((await fetch(`${world.url}/api/cron/health`)).status).toBe(401);
  expect(await pass(1)).toEqual([]);
  const before = world.neon.requests.statements;
  expect(await pass(1)).toEqual([]);
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
    await pass(1);
    fail();
    expect(await pass(1)).toEqual([]);
    const severity = name === "cache" ? "ticket" : "page";
    expect(await pass(3)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^\\*WhatsApp\\*: ${severity}: ${words} does not answer .*<http://127.*/console/${tenantId}/insight/alerts\\|Alerts> <https://example.com/runbook.md#a-service-is-down\\|Runbook>$`,
        ),
      ),
    ]);
    // Reminded a day later, not before.
    nowMs += 24 * 60 * MINUTE;
    if (severity === "page") expect(await pass(2)).toEqual([expect.stringContaining("still: ")]);
    world.model.setLives({});
    world.graph.setAccount({});
    world.upstash.setFault(null);
    expect(await pass(3, 2 * MINUTE)).toEqual([expect.stringMatching(/over: .* does not answer \(after /)]);
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
  await pass(1);
  world.neon.setFault(() => ({ status: 500 }));
  const runs = [instance(), instance()];
  const from = slack.told.length;
  for (let minute = 0; minute < 4; minute += 1) {
    nowMs += MINUTE;
    await Promise.all(runs.map((run) => run()));
  }
  expect(slack.told.slice(from)).toEqual([
    expect.stringMatching(/page: the database does not answer .*#the-database-is-down\|Runbook>$/),
  ]);
  world.neon.setFault(null);
  expect(await pass(1)).toEqual([]);
  expect(await pass(4)).toEqual([expect.stringContaining("over: the database does not answer")]);
  const { recovered } = await createAlertStore({ sql: world.sql }).list(tenantId, nowMs);
  expect(recovered).toMatchObject([{ name: "dependency:database", toldMs: expect.any(Number) }]);
  expect((recovered[0]?.recoveredMs ?? 0) - (recovered[0]?.openedMs ?? 0)).toBeGreaterThan(5 * MINUTE);
});

test("what waits for somebody, what Meta says, and what was spent", async () => {
  world.graph.setAccount({ tokenEndsAtS: Math.floor(nowMs / 1_000) + 10 * 86_400, subscribedApps: [] });
  await world.sql`
    insert into usage (tenant_id, day, share, turns, sound_s, usd)
      values (${tenantId}::uuid, (now() at time zone 'UTC')::date, 0, 1, 0, 81)
      on conflict (tenant_id, day, share) do update set usd = 81`;
  await world.sql`
    insert into account_events (tenant_id, field, event, severity, detail, happened_at, fingerprint)
      values (${tenantId}::uuid, 'message_template_status_update', 'PAUSED', 'warning', '{"message_template_name": "orden_lista"}', now(), 'x')`;
  const told = await pass(2);
  expect(told.map((each) => /: (\w+: .*) \(/.exec(each)?.[1]).sort()).toEqual([
    "page: Tambo: the app is not subscribed to the WhatsApp account …0398",
    "ticket: Tambo: models have cost 81 of 100 US dollars this month",
    "ticket: Tambo: the access token of number …2922 ends in 10 days",
  ]);
  // The template was told by the webhook that brought it: listed, and told when it is over.
  const { open } = await createAlertStore({ sql: world.sql }).list(tenantId, nowMs);
  expect(open.map(({ name }) => name)).toContain("account:message_template_status_update:orden_lista");
  // Meta is asked each hour.
  world.graph.setAccount({ tokenIsValid: false });
  await world.sql`update account_events set event = 'APPROVED', severity = 'info'`;
  await world.sql`update usage set usd = 0`;
  expect((await pass(2)).sort()).toEqual([
    expect.stringContaining("over: Tambo: models have cost"),
    expect.stringContaining("over: Tambo: the template orden_lista: paused"),
  ]);
  nowMs += 60 * MINUTE;
  expect(await pass(1)).toEqual([
    expect.stringContaining("worse: Tambo: the access token of number …2922 is no longer valid"),
  ]);
  world.graph.setAccount({});
  nowMs += 60 * MINUTE;
  expect((await pass(1)).sort()).toEqual([
    expect.stringContaining("over: Tambo: the access token"),
    expect.stringContaining("over: Tambo: the app is not subscribed"),
  ]);
});

test("figures that stop are told, and no burn rate is looked at by them", async () => {
  await count(world, [{ tenantId, metric: "wait", atMs: nowMs - 2 * MINUTE, ms: 60_000, n: 100 }]);
  // Its way to the counters fails; all else goes on.
  world.neon.setFault((body) => (body.includes("roll_up(") ? { status: 500 } : null));
  await fresh(world, nowMs - 20 * MINUTE);
  nowMs += MINUTE;
  await instance()();
  // A job that has much to catch up with, as after a start, is given some minutes.
  expect(slack.told).toEqual([]);
  nowMs += 5 * MINUTE;
  await instance()();
  expect(slack.told).toEqual([expect.stringMatching(/ticket: the figures are 2\d minutes behind/)]);
});

test("slow replies burn the budget: one page, and over when they are quick again", async () => {
  // Four quiet days before.
  const quick = (hour: number) => ({
    tenantId,
    metric: "wait" as const,
    atMs: nowMs - hour * 60 * MINUTE,
    ms: 900,
    n: 100,
  });
  await count(
    world,
    Array.from({ length: 94 }, (_, hour) => quick(hour + 2)),
  );
  // Each model answers too late: the reply falls back, and the customer waits for longer than promised.
  world.model.setFault(() => ({ delayMs: 1_600 }));
  const people = Array.from({ length: 24 }, (_, place) => `51913000${1_000 + place}`);
  await Promise.all(people.map((phone) => world.customer(phone).send("¿Cuánto cuesta el envío?")));
  await world.drain();
  world.model.setFault(null);
  nowMs = Date.now();
  // They were asked within the last minute, which ends with the next one.
  const told = await pass(2);
  const about = (objective: string) => told.filter((each) => each.includes(objective));
  expect(about("customer's wait")).toEqual([
    expect.stringMatching(
      /page: .*customer's wait: its error budget is spent \d+(\.\d)? times as fast as allowed \(\d+ of 24 missed within 1h; .*#an-error-budget-burns/,
    ),
  ]);
  expect(await pass(3)).toEqual([]);
  const open = (await createAlertStore({ sql: world.sql }).list(tenantId, nowMs)).open;
  expect(open.find(({ name }) => name === "burn:wait:page")).toMatchObject({
    facts: { objective: "wait", window: "1h", all: 24, factor: 14 },
  });
  // The last five minutes are clean: quick replies, and ten minutes later it is over.
  const after = await pass(6, 3 * MINUTE);
  expect(after.filter((each) => each.includes("over: ") && each.includes("customer's wait"))).toHaveLength(1);
  expect(after.filter((each) => each.includes("page: "))).toEqual([]);
});
