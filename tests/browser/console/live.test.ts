import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Customer } from "../../support/customer.ts";
import { type Console, startConsole } from "./console.ts";

const EVIL = `<img src=x onerror="document.title='pwned'">`;

let app: Console;
let ana: Page;
let luis: Page;
let customer: Customer;

beforeAll(async () => {
  app = await startConsole();
  customer = app.world.customer("51987650001", EVIL);
  [ana, luis] = await Promise.all([
    app.open("agent", "/inbox/waiting", { name: "ana" }),
    app.open("agent", "/inbox/waiting", { name: "luis", viewport: { width: 360, height: 740 } }),
  ]);
  for (const page of [ana, luis]) await page.locator("[data-state=live]").waitFor({ state: "attached" });
});

afterAll(() => app?.close());

const row = (page: Page) => page.locator(".rows .row", { hasText: EVIL });
const bubble = (page: Page, text: string) => page.getByRole("log").locator(".bubble", { hasText: text });

it("brings a handoff to every open page, says it, and shows a hostile name as text", async () => {
  await ana.getByText("Nobody is waiting").waitFor();
  await customer.send("quiero hablar con una persona");
  await Promise.all([row(ana).waitFor(), row(luis).waitFor()]);
  await ana.getByText("A customer is waiting for a person.").waitFor({ state: "attached" });
  await expect.poll(() => ana.title()).toMatch(/^\(1\) Waiting/);
  expect(await ana.locator("img[src=x]").count()).toBe(0);
});

it("shows what the bot did and what the customer writes, and marks it as read", async () => {
  await row(ana).getByRole("link").click();
  await bubble(ana, "quiero hablar con una persona").waitFor();
  await ana.locator(".turn-line summary", { hasText: "Wants a person" }).first().waitFor();
  await ana.locator(".pinned", { hasText: "Asked for a person" }).waitFor();
  await customer.send("¿Hay alguien?");
  await bubble(ana, "¿Hay alguien?").waitFor();
  await expect.poll(() => row(ana).locator(".row-unread").count()).toBe(0);
});

it("tells colleagues who else is there, on a phone too", async () => {
  await row(luis).getByRole("link").click();
  await bubble(luis, "¿Hay alguien?").waitFor();
  await luis.getByText("Also here: ana").waitFor();
  await ana.getByText("Also here: luis").waitFor();
});

it("says that the network is gone, and shows what came meanwhile when it is back", async () => {
  await ana.context().setOffline(true);
  await ana.locator("[data-state=offline]").waitFor();
  await customer.send("Sigo esperando");
  await bubble(luis, "Sigo esperando").waitFor();
  expect(await bubble(ana, "Sigo esperando").count()).toBe(0);
  await ana.context().setOffline(false);
  await bubble(ana, "Sigo esperando").waitFor();
  await ana.locator("[data-state=live]").waitFor();
});

it("moves a conversation that was taken out of the queue on every page", async () => {
  await ana.locator("#conversation-name").focus();
  await ana.keyboard.press("t");
  await row(ana).waitFor({ state: "detached" });
  await luis.getByRole("button", { name: "Back to the list" }).click();
  await luis.getByText("Nobody is waiting").waitFor();
  await expect.poll(() => ana.title()).toMatch(/^Waiting/);
});
