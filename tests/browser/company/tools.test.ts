/** The tools that a company declares, edited as their files: a draft like any other, told what is wrong, and lost by nothing. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axe, axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "../console/console.ts";

const TOOL = {
  description: "Lists the free hours of a day.",
  input: { type: "object", properties: { day: { type: "string", format: "date" } }, required: ["day"] },
  via: { kind: "http", method: "GET", url: "https://shop.example/hours", query: { day: "day" } },
};

let app: Console;
beforeAll(async () => {
  app = await startConsole();
});
afterAll(() => app?.close());

const kept = (page: Page) => page.getByText("Draft kept").waitFor();
const declaration = (page: Page) => page.getByLabel("Declaration (JSON)");
const live = async () =>
  (
    await app.world.sql<{ tools: { name: string }[]; chosen: string[] | null }>`
      select tools, intents -> 'order_status' -> 'tools' as chosen from tenants limit 1`
  )[0];

async function saved(page: Page) {
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByRole("button", { name: "Save and make live" }).click();
  await page.getByText("Nothing changed.").waitFor();
}

it("declares a tool, says what is wrong with it, and gives it to an intent", async () => {
  const page = await app.open("owner", "/company/tools", { name: "olga" });
  await page.getByText("The company declares no tools.").waitFor();
  const name = page.getByLabel("Name of a new tool");
  await name.fill("Free Hours");
  await page.keyboard.press("Enter");
  await page.getByText(/^A name has a-z, 0-9 and _ only/).waitFor();
  await name.fill("free_hours");
  await page.keyboard.press("Enter");
  const card = page.locator("details", { hasText: "free_hours" });
  await card.locator("summary").click();
  await declaration(page).waitFor();
  expect(await axe(page)).toEqual([]);

  // A phone in the input would let the model choose the customer.
  const wrong = {
    ...TOOL,
    input: { ...TOOL.input, properties: { ...TOOL.input.properties, phone: { type: "string" } } },
  };
  await declaration(page).fill(JSON.stringify(wrong));
  await page.getByRole("alert").filter({ hasText: "phone" }).waitFor();
  await page.getByText(/^\d+ things? to put right$/).waitFor();
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByRole("button", { name: "Save and make live" }).click();
  await page.getByText(/Something has to be put right first/).waitFor();
  await page.keyboard.press("Escape");

  const half = `${JSON.stringify(TOOL, null, 2).slice(0, -2)} // and`;
  await declaration(page).fill(half);
  await page.getByText(/^This is not JSON yet/).waitFor();
  await name.focus();
  expect(await declaration(page).inputValue()).toBe(half);
  await declaration(page).fill(JSON.stringify(TOOL));
  await page.getByText(/to put right/).waitFor({ state: "detached" });
  await kept(page);
  await name.focus();
  expect(await declaration(page).inputValue()).toBe(JSON.stringify(TOOL, null, 2));
  await page.getByText("GET https://shop.example/hours").waitFor();

  await page.getByRole("link", { name: "Intents" }).click();
  const orders = page.locator("details.intent", {
    has: page.locator("summary", { hasText: "Order status" }),
  });
  await orders.locator("summary").click();
  await orders.getByRole("checkbox", { name: "free_hours" }).check();
  await kept(page);
  expect(await axe(page)).toEqual([]);
  await saved(page);
  expect(await live()).toMatchObject({
    tools: [{ name: "free_hours", ...TOOL }],
    chosen: expect.arrayContaining(["free_hours"]),
  });
  await page.context().close();
});

it("takes a tool away, and brings it back, on a phone and in the dark", async () => {
  const page = await app.open("owner", "/company/tools", {
    name: "omar",
    viewport: { width: 360, height: 740 },
  });
  const card = page.locator("details", { hasText: "free_hours" });
  await card.locator("summary").click();
  await declaration(page).waitFor();
  expect(await axeInThemes(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  if (process.env.SHOTS)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${process.env.SHOTS}/tools-${colorScheme}.png`, fullPage: true });
    }
  await page.getByRole("button", { name: /^Remove.*free_hours/ }).click();
  await page.getByText("free_hours is removed.").waitFor();
  // An intent still names it.
  await page.getByText(/^\d+ things? to put right$/).waitFor();
  await page.getByRole("button", { name: /^Bring it back.*free_hours/ }).click();
  await page.getByText("Nothing changed.").waitFor();
  await card.waitFor();
  await page.context().close();
});
