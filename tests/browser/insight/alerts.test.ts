import { afterAll, beforeAll, expect, it } from "vitest";
import { createAlertStore } from "../../../db/alerts.ts";
import type { Finding } from "../../../lib/types/alerts.ts";
import { count, fresh } from "../../console/insight/counters.ts";
import { type Slack, startSlack } from "../../support/slack.ts";
import { WORLD } from "../../support/world.ts";
import { axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "../console/console.ts";

const MINUTE = 60_000;
const SLOW = { intent: "complaint" };
/** Kinds of alerts beside each other. */
const OPEN: Pick<Finding, "name" | "rule" | "severity" | "facts">[] = [
  {
    ...{ name: "burn:reply:page", rule: "burn", severity: "page" },
    facts: { objective: "reply", burn: 16.7, factor: 14, window: "1h", missed: 20, all: 24 },
  },
  { name: "token:1", rule: "token", severity: "ticket", facts: { number: "…2922", state: "ends", days: 9 } },
  {
    ...{
      name: "account:message_template_status_update:a_template_with_a_very_long_name_of_its_own",
      rule: "account",
    },
    severity: "ticket",
    facts: {
      field: "message_template_status_update",
      event: "PAUSED",
      about: "a_template_with_a_very_long_name_of_its_own",
    },
  },
];
let app: Console;
let slack: Slack;

beforeAll(async () => {
  slack = await startSlack();
  app = await startConsole({
    env: { SLACK_WEBHOOK_URL: slack.url, RUNBOOK_URL: "https://example.com/runbook.md" },
  });
  await countQuietDays();
  await fresh(app.world, Math.floor(Date.now() / MINUTE) * MINUTE);
});

afterAll(async () => {
  await app?.close();
  await slack?.close();
});

/** Four days on which nobody waited for long, up to two hours ago. */
function countQuietDays(): Promise<void> {
  const quick = (hour: number) => ({ atMs: Date.now() - hour * 60 * MINUTE, ms: 900, n: 100 });
  return count(
    app.world,
    Array.from({ length: 94 }, (_, hour) => ({ tenantId: app.tenantId, metric: "wait", ...quick(hour + 2) })),
  );
}

/** The watch, as the scheduler calls it; a minute has passed. */
async function watch(): Promise<void> {
  await app.world.sql`delete from alert_runs`;
  const headers = { authorization: `Bearer ${WORLD.cronSecret}` };
  const response = await fetch(`${app.world.url}/api/cron/health`, { headers });
  expect(await response.json()).toMatchObject({ checked: true });
}

it("shows an outage on the page and in Slack, and that it is over", async () => {
  const { world } = app;
  await watch();
  const page = await app.open("viewer", "/insight/targets", { name: "vera" });
  await page
    .getByRole("navigation", { name: "Insight" })
    .getByRole("link", { name: "Alerts" })
    .press("Enter");
  await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  await page.getByText("Nothing needs you.").waitFor();
  expect(slack.told).toEqual([]);

  // The model is slow: for twelve minutes nearly everybody waits for too long.
  await count(
    app.world,
    Array.from({ length: 12 }, (_, minute) => {
      const atMs = Date.now() - (minute + 1) * MINUTE;
      return { tenantId: app.tenantId, metric: "wait", labels: SLOW, atMs, ms: 9_000, n: 30 };
    }),
  );
  await fresh(app.world, Math.floor(Date.now() / MINUTE) * MINUTE);
  await watch();
  const told = slack.told.filter((each) => each.includes("customer's wait"));
  expect(told).toEqual([
    expect.stringMatching(/page: .*customer's wait: its error budget is spent 20 times as fast as allowed/),
  ]);
  // The link leads here.
  const link = /<([^|>]+)\|Alerts>/.exec(told[0] ?? "")?.[1] ?? "";
  await page.goto(link);
  const open = page.getByRole("region", { name: "Open now" });
  await open.getByRole("heading", { name: /^Customer's wait: error budget is spent 20 times/ }).waitFor();
  await open.getByText("Look now").first().waitFor();
  const runbook = open.getByRole("link", { name: /^What to do: Customer's wait/ });
  expect(await runbook.getAttribute("href")).toBe("https://example.com/runbook.md#an-error-budget-burns");
  await page.getByText("spent far too fast").first().waitFor();

  // Quick again, and ten minutes later. Hours and days that are over hold the outage too.
  await world.sql`delete from metric_counters`;
  await countQuietDays();
  await world.sql`update alerts set opened_at = opened_at - interval '25 minutes', seen_at = seen_at - interval '25 minutes'`;
  await watch();
  expect(slack.told.filter((each) => each.includes("customer's wait"))).toEqual([
    told[0],
    expect.stringMatching(/over: .*customer's wait.* \(after 25 minutes\)/),
  ]);
  await page.reload();
  const past = page.getByRole("figure", { name: "Over, last 28 days" });
  await past.getByRole("heading", { name: /^Customer's wait/ }).waitFor();
  await past.getByText("25 min").first().waitFor();
  await page.context().close();
});

it.each([
  ["en-US", { width: 1280, height: 800 }],
  ["es-PE", { width: 360, height: 740 }],
  ["pt-BR", { width: 1920, height: 1080 }],
])("has no breaches that axe finds and fits its window (%s)", async (locale, viewport) => {
  const wrong = OPEN.map((each) => ({ ...each, stage: 1, holdMs: 0, keepMs: 0, sinceMs: null, told: false }));
  await createAlertStore({ sql: app.world.sql }).update(
    app.tenantId,
    { found: wrong, checked: [] },
    Date.now(),
  );
  const page = await app.open("owner", "/insight/alerts", { name: "olga", locale, viewport });
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(error.message));
  await page.locator(".alert").first().waitFor();
  await page.locator("details summary").click();
  await page.locator(".chart-act[aria-expanded=false]").first().click();
  found.push(...(await axeInThemes(page)));
  for (const colorScheme of process.env.SHOTS ? (["light", "dark"] as const) : []) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${process.env.SHOTS}/${locale}-${colorScheme}.png`, fullPage: true });
  }
  const inner = await page.locator(".shell-page").evaluate((box) => box.scrollWidth - box.clientWidth);
  if ((await sidewaysScroll(page)) + inner > 0) found.push("scrolls sideways");
  expect(found).toEqual([]);
  await page.context().close();
});
