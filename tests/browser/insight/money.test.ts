import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axe, axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "../console/console.ts";
import { fillFigures } from "./figures.ts";

let app: Console;

beforeAll(async () => {
  app = await startConsole();
  await fillFigures(app.world, app.tenantId, 40);
});

afterAll(() => app?.close());

const PATH = "/insight/money?range=28d";
const prices = (page: Page) => page.getByRole("region", { name: "Meta's prices per message" });
const big = (page: Page, label: string) =>
  page.locator(".big-number", { has: page.getByText(label, { exact: true }) });

it("has no price until an owner enters one, by keyboard alone", async () => {
  const page = await app.open("owner", PATH, { name: "olga" });
  await big(page, "Meta's fees").getByText("no price").waitFor();
  await prices(page).getByText("No prices are entered").waitFor();
  await prices(page).getByRole("button", { name: "Enter a price" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "New price" });
  // The focus is on the market already.
  await page.keyboard.type("Peru");
  expect(await dialog.getByLabel("Market").inputValue()).toBe("PE");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("85");
  await page.keyboard.press("Enter");
  await dialog.getByText("Enter a price from 0 to 10 dollars.").waitFor();
  await dialog.getByLabel("Price of one message").fill("0,02");
  await dialog.getByLabel("Holds from").fill("2026-01-01");
  await dialog.getByText("This day is past").waitFor();
  expect(await axe(page, "dialog")).toEqual([]);
  await dialog.getByLabel("Price of one message").press("Enter");
  await dialog.waitFor({ state: "detached" });
  await prices(page)
    .getByRole("row", { name: /Peru.*\$0\.02.*2026-01-01/ })
    .waitFor();
  // Ecuador still has none: at least.
  await big(page, "Meta's fees")
    .getByText(/^at least \$/)
    .waitFor();
  await prices(page)
    .getByRole("button", { name: /^Correct Peru/ })
    .press("Enter");
  const correction = page.getByRole("dialog", { name: "Correct" });
  await correction.getByLabel("Price of one message").fill("0.03");
  await page.keyboard.press("Enter");
  await prices(page)
    .getByRole("row", { name: /Peru.*\$0\.03/ })
    .waitFor();
  await page.context().close();
});

it("imports a file whole, or names its wrong lines; what it saves can be imported again", async () => {
  const page = await app.open("owner", PATH, { name: "olga" });
  await prices(page).getByRole("button", { name: "Import CSV" }).click();
  const dialog = page.getByRole("dialog", { name: "Import CSV" });
  const choose = (text: string) =>
    dialog
      .getByLabel("CSV file")
      .setInputFiles({ name: "card.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const head = "Rates in USD,,\nMarket,Currency,Service\n";
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await dialog.getByText("Choose a file first.").waitFor();
  await choose(`${head}Atlantis,$US,0.01\n`);
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await dialog.getByText(/Line 3:/).waitFor();
  await choose(`${head}Rest of Latin America,$US,0.01\n`);
  await dialog.getByLabel("Prices hold from").fill("2026-01-01");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await dialog.getByText("1 prices entered").waitFor();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await prices(page)
    .getByRole("row", { name: /Rest of Latin America/ })
    .waitFor();
  // Nothing is without a price any more.
  await big(page, "Meta's fees").getByText(/^\$/).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    prices(page).getByRole("button", { name: "Export CSV" }).click(),
  ]);
  expect(await readFile(await download.path(), "utf8")).toBe(
    '"market","category","price_usd","valid_from"\r\n"Peru","service",0.03,"2026-01-01"\r\n"Rest of Latin America","service",0.01,"2026-01-01"\r\n',
  );
  await page.context().close();
});

it("says what was spent, on what, and gives the month as a range", async () => {
  const page = await app.open("viewer", PATH, { name: "vera" });
  await page.getByRole("heading", { level: 1, name: "Money" }).waitFor();
  expect(
    await prices(page)
      .getByRole("button", { name: /Enter|Import|Correct|Remove/ })
      .count(),
  ).toBe(0);
  const month = page.getByRole("region", { name: /^Forecast for/ });
  await month.getByText(/^\$[\d,.]+ to \$[\d,.]+$/).waitFor();
  await month.getByText(/last \d whole weeks/).waitFor();
  const discarded = big(page, "Answers not used");
  await discarded.getByText(/^\$[\d.]+$/).waitFor();
  await discarded.getByText(/^[\d,.]+[KM]? tokens of answers begun before/).waitFor();
  const table = page.getByRole("figure", { name: "By model" }).getByRole("table", { includeHidden: true });
  expect(await table.locator("thead th").last().textContent()).toBe("Of these dollars, not wanted");
  expect(await table.locator("tbody tr td:last-child").first().textContent()).toMatch(/^\$[\d.]+$/);
  const chart = page.getByRole("figure", { name: "Meta's fees" });
  expect(await chart.getByRole("rowheader").allInnerTexts()).toEqual(["Peru", "Ecuador"]);
  await page.context().close();
});

it.each(["es-PE", "pt-BR", "en-US"])("fits a phone with prices, in both themes (%s)", async (locale) => {
  const page = await app.open("owner", PATH, { name: "olga", locale, viewport: { width: 360, height: 740 } });
  await page.locator(".money-table tbody tr").first().waitFor();
  expect(await axeInThemes(page, { seenInAnotherLanguage: locale !== "es-PE" })).toEqual([]);
  const inner = await page.locator(".shell-page").evaluate((box) => box.scrollWidth - box.clientWidth);
  expect((await sidewaysScroll(page)) + inner).toBeLessThanOrEqual(0);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/money-${locale}.png` });
  await page.context().close();
});
