import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AlertRule } from "../../contracts/console/alerts.ts";
import { createAlertStore } from "../../db/alerts.ts";
import { hostPlatform } from "../../host/machine/platform.ts";
import { deliverWebhook } from "../../host/meta-webhook.ts";
import { finding, RULES } from "../../lib/alerts/rules.ts";
import { tell, tellAway } from "../../lib/alerts/tell.ts";
import { composeBase } from "../../lib/compose/base.ts";
import { composeNotifier } from "../../lib/compose/notifier.ts";
import { createEndAlert } from "../../lib/model/alerts.ts";
import { type AlertPage, RUNBOOK_SECTIONS } from "../../lib/types/notifier.ts";
import { signedInAs } from "../console/member.ts";
import { found, read } from "../docs/pages.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { type Slack, startSlack } from "../support/slack.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

const RUNBOOK = "https://example.com/runbook.md";
const SECTIONS = found(read("docs/runbook.md"), /^## (.+)$/gm).map((title) =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, "")
    .replaceAll(" ", "-"),
);

let world: World;
let slack: Slack;
let receiver: Receiver;
let tenantId: string;
beforeAll(async () => {
  [slack, receiver] = [await startSlack(), await startReceiver()];
  world = await startWorld({
    env: {
      ...{ SLACK_WEBHOOK_URL: slack.url, NOTIFY_WEBHOOK_URL: receiver.url, RUNBOOK_URL: RUNBOOK },
      ...{ BUDGET_USD: "10", BUDGET_TURNS: "10" },
    },
  });
  const [tenant] = await world.sql<{ id: string }>`select id from tenants order by created_at limit 1`;
  tenantId = tenant?.id ?? "";
});
afterAll(async () => {
  await world.close();
  await Promise.all([slack.close(), receiver.close()]);
});
beforeEach(() => {
  [slack.told.length, receiver.told.length] = [0, 0];
});

const base = () => composeBase(hostPlatform(() => world.environment));

/** Where each notification led, in Slack and by the webhook alike: a path of the console with its name, and a section. */
function ledTo(): [page: string, name: string, section: string][] {
  expect(slack.told.length).toBeGreaterThan(0);
  expect(receiver.told).toHaveLength(slack.told.length);
  return slack.told.map((text) => {
    const [, page = "", name = "", section = ""] =
      /<(http[^|>]+)\|(\w+)> <https:\/\/example\.com\/runbook\.md#([\w-]+)\|Runbook>$/.exec(text) ?? [];
    expect(receiver.told.map(({ body }) => [body.consoleUrl, body.runbook])).toContainEqual([
      page,
      `${RUNBOOK}#${section}`,
    ]);
    return [page.replace(/^.*\/console/, "").replace(tenantId, ":tenant"), name, section];
  });
}

test("every section that an alert can name is in the runbook, with what to do", () => {
  expect(RUNBOOK_SECTIONS.filter((section) => !SECTIONS.includes(section))).toEqual([]);
  for (const { runbook } of Object.values(RULES)) expect(RUNBOOK_SECTIONS).toContain(runbook);
});

const PAGES: Record<AlertRule, AlertPage> = {
  ...{ burn: "alerts", behind: "alerts", token: "alerts", subscription: "alerts", account: "alerts" },
  ...{
    model_end: "alerts",
    drift: "alerts",
    dependency: "alerts",
    dead: "service",
    stranded: "service",
    spend: "money",
  },
};

test.each(Object.keys(RULES) as AlertRule[])(
  "%s leads to its page and its section, when it opens and when it is over",
  async (rule) => {
    const store = createAlertStore(world);
    const { holdMs, keepMs, runbook } = RULES[rule];
    const deps = { ...base(), store, notifier: composeNotifier(base()) };
    const about = `links-${rule}`;
    const nowMs = Date.now();
    const run = async (atMs: number, found: ReturnType<typeof finding>[]) => {
      await store.update(tenantId, { found, checked: [`${rule}:${about}`] }, atMs);
      return tell(
        { tenantId, phoneNumberId: WORLD.phoneNumberId, company: "Tambo" },
        { ...deps, clock: { now: () => atMs } },
      );
    };
    const own = finding(rule, { about, severity: "ticket", facts: {} });
    await run(nowMs, [own]);
    await run(nowMs + holdMs, [own]);
    await run(nowMs + holdMs + keepMs, []);
    await run(nowMs + holdMs + 2 * keepMs + 60_000, []);
    const name = `${String(PAGES[rule]).slice(0, 1).toUpperCase()}${String(PAGES[rule]).slice(1)}`;
    const led = [`/:tenant/insight/${PAGES[rule]}`, name, runbook];
    expect(ledTo()).toEqual([led, led]);
    expect(slack.told[1]).toContain("over: ");
  },
);

test("the pages that alerts lead to answer", async () => {
  const viewer = await signedInAs(world, "viewer");
  for (const page of new Set(Object.values(PAGES)))
    expect((await viewer.get(`/insight/${String(page)}`)).status, String(page)).toBe(200);
});

test("what is told at once leads somewhere too: a template, the budgets, Meta's refusals, a model that has ended, the database", async () => {
  const value = {
    event: "PAUSED",
    message_template_id: 1,
    message_template_name: "orden_lista",
    message_template_language: "es",
    reason: "LOW_QUALITY",
  };
  const quality = { event: "DOWNGRADE", display_phone_number: "51900000000", current_limit: "TIER_50" };
  for (const change of [
    { field: "message_template_status_update", value },
    { field: "phone_number_quality_update", value: quality },
  ]) {
    const entry = [{ id: "102290129340398", time: Math.floor(Date.now() / 1_000), changes: [change] }];
    await deliverWebhook(world.webhookUrl, { object: "whatsapp_business_account", entry }, WORLD.appSecret);
  }
  await world.drain();
  const account = "meta-reports-trouble-with-the-account";
  expect(ledTo().map(([, , section]) => section)).toEqual([account, account]);

  const told = async (write: () => Promise<unknown>) => {
    [slack.told.length, receiver.told.length] = [0, 0];
    await write();
    await world.drain();
    return ledTo();
  };
  const ask = (phone: string) => () => world.customer(phone).send("¿Cuánto cuesta el envío?");
  const payment = { status: 400, body: { error: { code: 131042, message: "Payment issue" } } };
  world.graph.setFault(() => payment);
  expect(await told(ask("51930020001"))).toEqual([
    ["/:tenant/insight/service", "Service", "meta-refuses-to-send"],
  ]);
  world.graph.setFault(null);

  const budget = "a-budget-is-used-up";
  await world.sql`
    insert into usage (tenant_id, day, share, usd)
      values (${tenantId}::uuid, (clock_timestamp() at time zone 'UTC')::date, 99, 8)`;
  expect(await told(ask("51930020002"))).toEqual([["/:tenant/insight/money", "Money", budget]]);
  const [{ id = "" } = {}] = await world.sql<{ id: string }>`
    update conversations c set usage_turns = 8 from customers u
      where u.id = c.customer_id and u.phone = '51930020002' returning c.id`;
  expect(await told(ask("51930020002"))).toEqual([[`/:tenant/inbox/all/${id}`, "Conversation", budget]]);

  const { log, clock } = base();
  const notifier = composeNotifier(base());
  const end = createEndAlert({
    notifier,
    log,
    firstAlert: async () => true,
    variablesOf: () => ["REPLY_MODEL"],
  });
  expect(await told(() => end({ model: "old", successor: "new", because: "date" }))).toEqual([
    ["", "Console", "a-model-ends"],
  ]);
  expect(await told(() => tellAway("away", { clock, log, notifier }))).toEqual([
    ["", "Console", "the-database-is-down"],
  ]);
});
