import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeConversation } from "../../console/conversations.ts";
import { count } from "../../console/insight/counters.ts";
import { storeGuesses } from "../../console/insight/guesses.ts";
import { axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "../console/console.ts";
import { fillFigures } from "./figures.ts";

let app: Console;

beforeAll(async () => {
  app = await startConsole();
  await fillFigures(app.world, app.tenantId);
});

afterAll(() => app?.close());

const PHONE = { width: 360, height: 740 };
const heading = (page: Page, name: string) =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const search = (page: Page) => page.evaluate(() => new URLSearchParams(location.search).toString());

it("leads by keyboard from the inbox to a target, and keeps period and filter in the address", async () => {
  const page = await app.open("viewer", "/inbox", { name: "vera" });
  await page.getByRole("navigation").first().waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await heading(page, "Targets");
  const list = page.getByRole("list", { name: "Targets" }).getByRole("listitem");
  await list.first().waitFor();
  expect(await list.count()).toBe(6);
  await page.getByRole("button", { name: "28 days" }).press("Enter");
  await page.getByLabel("Intent", { exact: true }).selectOption("complaint");
  await expect.poll(() => search(page)).toBe("range=28d&intent=complaint");
  await page.getByRole("link", { name: "Customer's wait" }).press("Enter");
  await heading(page, "Customer's wait");
  await page.reload();
  await heading(page, "Customer's wait");
  expect(await page.getByLabel("Intent", { exact: true }).inputValue()).toBe("complaint");
  expect(await page.getByRole("button", { name: "28 days" }).getAttribute("aria-pressed")).toBe("true");
  // Within the page too: a group is a filter.
  await page.getByRole("button", { name: "gpt-4o-mini", exact: true }).press("Enter");
  await expect.poll(() => search(page)).toContain("model=gpt-4o-mini");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect.poll(() => search(page)).toBe("range=28d");
  await page.getByRole("link", { name: /All targets/ }).click();
  await heading(page, "Targets");
  expect(await search(page)).toBe("range=28d");
  await page.context().close();
});

it("asks for a period of one's own, and says what is wrong with it", async () => {
  const page = await app.open("viewer", "/insight/targets", { name: "vera" });
  await page.getByRole("button", { name: "Other…" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose a period" });
  await dialog.getByLabel("From").fill("2026-01-10T00:00");
  await dialog.getByLabel("To").fill("2026-01-09T00:00");
  await dialog.getByRole("button", { name: "Show" }).click();
  await dialog.getByText("The end must come after the beginning.").waitFor();
  expect(await dialog.getByLabel("From").inputValue()).toBe("2026-01-10T00:00");
  await dialog.getByLabel("To").fill("2026-01-12T00:00");
  await dialog.getByRole("button", { name: "Show" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await search(page)).toMatch(/^from=2026-01-\d\dT\d\d%3A00Z&to=2026-01-\d\d/);
  await page.getByText("Nothing in this period.").first().waitFor();
  await page.goto(
    `${app.world.url}/console/${app.tenantId}/insight/targets?from=2026-11-02T00:00Z&to=2026-11-01T00:00Z`,
  );
  await page.getByText("This period cannot be shown. Choose another one.").waitFor();
  await page.context().close();
});

it("shows the figures behind a chart as a table, and saves them as CSV", async () => {
  const page = await app.open("viewer", "/insight/targets", { name: "vera" });
  const chart = page.getByRole("figure", { name: "Stage by stage" });
  await chart.getByRole("row").first().waitFor();
  // Screen readers have the table also while it is not shown.
  expect(await chart.getByRole("row").count()).toBeGreaterThan(5);
  await chart.getByRole("button", { name: "Table: Stage by stage" }).press("Enter");
  await chart.getByRole("button", { name: "Hide table: Stage by stage", expanded: true }).waitFor();
  expect(await chart.getByRole("rowheader", { name: "Write reply" }).isVisible()).toBe(true);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    chart.getByRole("button", { name: "CSV: Stage by stage" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^stage-by-stage-\d{4}-\d\d-\d\d\.csv$/);
  expect(await readFile(await download.path(), "utf8")).toMatch(
    /^"Stage by stage","Events","p50","p95","p99"\r\n"Answer to Meta",\d+,\d+/,
  );
  await page.context().close();
});

it("leads from a point to its worst turns, by keyboard and by pointer", async () => {
  const conversation = await makeConversation(app.world, { tenantId: app.tenantId });
  const [turn] = await app.world.sql<{ id: string; hour: number }>`
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, reply_model, rung, stages_ms, started_at, ended_at)
      select gen_random_uuid(), tenant_id, ${conversation}::uuid, 1, 1, 'answered', 'complaint', 'gpt-4o-mini', 'full', '{"wait": 8000}', at, at
        from metric_counters where tenant_id = ${app.tenantId}::uuid and metric = 'wait' and grain = 'minute'
            -- Where the counters have their slowest, within the period and not at its beginning.
            and at > now() - interval '6 days' order by buckets[cardinality(buckets)] desc, at desc limit 1
      returning id, epoch_ms(date_trunc('hour', started_at))::float8 as hour`;
  const page = await app.open("viewer", "/insight/targets/wait", { name: "vera" });
  const chart = page.getByRole("figure", { name: "Within target and missed" });
  const worst = page.getByRole("region", { name: /^Worst turns/ });
  const link = worst.locator(`a[href$="/${app.tenantId}/turns/${turn?.id}"]`);
  await link.waitFor();
  await chart.getByRole("button", { name: /^Table/ }).press("Enter");
  await chart.getByRole("button", { name: "worst turns" }).first().press("Enter");
  await expect.poll(() => search(page)).toMatch(/^at=\d+$/);
  // The oldest hour of the period: what was inserted lies elsewhere.
  await worst.getByText("No turns of this period").waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("worst");
  await page.goto(`${app.world.url}/console/${app.tenantId}/insight/targets/wait?at=${turn?.hour}`);
  await link.waitFor();
  await worst.getByRole("button", { name: "Whole period" }).press("Enter");
  await expect.poll(() => search(page)).toBe("");
  await chart.locator("svg[data-acts=true]").click({ position: { x: 60, y: 60 } });
  await expect.poll(() => search(page)).toMatch(/^at=\d+$/);
  // A row of them opens the turn's page, by a press and by a key.
  const targets = `${app.world.url}/console/${app.tenantId}/insight/targets/wait`;
  for (const open of [() => link.click(), () => link.press("Enter")]) {
    await page.goto(targets);
    await open();
    await page.waitForURL(`**/console/${app.tenantId}/turns/${turn?.id}`);
    await page.getByRole("heading", { name: "Where the time went" }).waitFor();
  }
  await page.context().close();
});

it("says that there is little traffic, and draws no trend of it", async () => {
  const rare = { metric: "wait", labels: { intent: "human_handoff" }, ms: 900, n: 7 } as const;
  await count(app.world, [{ ...rare, tenantId: app.tenantId, atMs: Date.now() - 3 * 3_600_000 }]);
  const page = await app.open("viewer", "/insight/targets/wait?intent=human_handoff", { name: "vera" });
  const chart = page.getByRole("figure", { name: "Within target and missed" });
  await chart.getByText("Little traffic: 7 events. Too few for a trend.").waitFor();
  expect(await chart.locator("svg").count()).toBe(0);
  await chart.getByRole("button", { name: /^Table/ }).press("Enter");
  expect(await chart.getByRole("rowheader").count()).toBeGreaterThan(0);
  await page.context().close();
});

it("says how the local classifier agrees with the model, and when it may decide", async () => {
  const { world, tenantId } = app;
  await storeGuesses(world, { tenantId, count: 188, intent: "complaint", sure: true });
  const page = await app.open("viewer", "/insight/service", { name: "vera" });
  const card = page.getByRole("figure", { name: "Sorted without the model" });
  await card.getByText(/INTENT_LOCAL=on is not advised yet: .* needed, if all agree: 1\./).waitFor();
  await storeGuesses(world, { tenantId, count: 62, intent: "complaint", sure: true });
  await page.reload();
  await card.getByText(/INTENT_LOCAL=on is safe: at least 98\.\d% of the sure guesses are right\./).waitFor();
  await card.getByText("250 of 250 agreed").waitFor();
  await page.context().close();
});

const PATHS = [
  "/insight/conversations?range=28d",
  "/insight/service",
  "/insight/money?range=28d",
  "/insight/targets",
  "/insight/targets/wait",
  "/insight/targets/cost?range=28d",
];

it.each([
  ["en-US", { width: 1280, height: 800 }],
  ["es-PE", PHONE],
  ["pt-BR", { width: 1920, height: 1080 }],
])("has no breaches that axe finds, fits its window and keeps the policy (%s)", async (locale, viewport) => {
  const page = await app.open("owner", "/insight/targets", { name: "olga", locale, viewport });
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(error.message));
  page.on("console", (message) => message.type() === "error" && found.push(message.text()));
  for (const path of PATHS) {
    await page.goto(`${app.world.url}/console/${app.tenantId}${path}`);
    await page.locator("main h1").waitFor();
    await page.locator(".waiting").waitFor({ state: "detached" });
    // All tables open: what is hidden is not measured.
    const closed = page.locator(".chart-act[aria-expanded=false]");
    while ((await closed.count()) > 0) await closed.first().click();
    await page.evaluate(() => document.querySelector(".shell-page")?.scrollTo(0, 0));
    found.push(...(await axeInThemes(page)).map((breach) => `${path}: ${breach}`));
    const inner = await page.locator(".shell-page").evaluate((box) => box.scrollWidth - box.clientWidth);
    if ((await sidewaysScroll(page)) + inner > 0) found.push(`${path} scrolls sideways`);
  }
  expect(found).toEqual([]);
  await page.context().close();
});

it("leads to the insight pages on a phone by the menu", async () => {
  const page = await app.open("viewer", "/inbox", { name: "vera", viewport: PHONE });
  await page.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: "Insight" }).click();
  await heading(page, "Targets");
  await page.context().close();
});
