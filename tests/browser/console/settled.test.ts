/** Acts that failed: a person says what they did about them, and a colleague who does so too is told. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bookingTool, proposeAct } from "../../acts/support.ts";
import { axe } from "../axe.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;
let ana: Page;
let eva: Page;

beforeAll(async () => {
  app = await startConsole({});
  const { sql } = app.world;
  const customer = app.world.customer("51987650004", "Rosa");
  await customer.send("hola");
  await customer.waitForReply();
  await app.world.drain();
  for (const state of ["unknown", "failed"]) {
    const id = await proposeAct(sql, customer.phone, bookingTool("http://127.0.0.1:9/bookings"));
    await sql`update acts set state = ${state}, code = 'http_409', ended_at = clock_timestamp() where id = ${id}::uuid`;
  }
  for (const name of ["ana", "eva"] as const) {
    const page = await app.open("agent", "/inbox/all", { name });
    await page.locator(".rows .row a").click();
    await page.locator(".panel-act").first().waitFor();
    if (name === "ana") ana = page;
    else eva = page;
  }
});
afterAll(() => app?.close());

const acts = (page: Page) => page.locator(".panel-act");
const dialog = (page: Page) => page.getByRole("dialog");

it("settles the newest with the keyboard alone, as axe likes it; the colleague's page shows it", async () => {
  await ana.locator("body").press("s");
  await dialog(ana).waitFor();
  expect(await axe(ana, "dialog")).toEqual([]);
  expect(await dialog(ana).getByRole("button").last().isDisabled()).toBe(true);
  await ana.keyboard.press("Space");
  await ana.keyboard.press("Tab");
  await ana.keyboard.type("reserva R-77");
  await ana.keyboard.press("Enter");
  await dialog(ana).waitFor({ state: "detached" });
  const settled = /✓ Done by hand in our system\s+reserva R-77\s+.*ana/s;
  await expect.poll(() => acts(ana).first().innerText()).toMatch(settled);
  expect(await acts(ana).first().getByRole("button").count()).toBe(0);
  await expect.poll(() => acts(eva).first().innerText(), { timeout: 15_000 }).toMatch(settled);
  expect(await axe(ana, ".customer-panel")).toEqual([]);
});

it("tells the second of two who was first", async () => {
  for (const page of [ana, eva]) {
    await acts(page).last().getByRole("button", { name: "Mark as settled" }).click();
    await dialog(page).getByText("It had been done already").click();
  }
  await dialog(ana).getByRole("button", { name: "Mark as settled" }).click();
  await dialog(ana).waitFor({ state: "detached" });
  await dialog(eva).getByRole("button", { name: "Mark as settled" }).click();
  await eva.getByRole("paragraph").filter({ hasText: "ana has already said" }).waitFor();
  await dialog(eva).waitFor({ state: "detached" });
  await expect.poll(() => acts(eva).last().innerText()).toMatch(/✓ It had been done already/);
});
