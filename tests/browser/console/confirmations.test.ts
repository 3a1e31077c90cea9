/** What a customer has confirmed, and an agent approves beside the conversation. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bookingTool, proposeAct, tap } from "../../acts/support.ts";
import type { Customer } from "../../support/customer.ts";
import { axe } from "../axe.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;
let ana: Page;
let customer: Customer;
const tool = bookingTool("http://127.0.0.1:9/bookings", { approval: "always" });

beforeAll(async () => {
  app = await startConsole({});
  const { sql } = app.world;
  await sql`update tenants set tools = ${JSON.stringify([tool])}::jsonb where id = ${app.tenantId}::uuid`;
  customer = app.world.customer("51987650003", "Eva");
  await customer.send("hola");
  await customer.waitForReply();
  await app.world.drain();
  const act = await proposeAct(sql, customer.phone, tool);
  await customer.send("Confirmar", tap(act));
  await customer.waitForReply(2);
  ana = await app.open("agent", "/inbox/all", { name: "ana" });
  await ana.locator(".rows .row a").click();
});
afterAll(() => app?.close());

const panel = () => ana.locator(".panel-act");

it("shows the question, what goes to the system, and both buttons, as axe likes it", async () => {
  await panel().waitFor();
  const text = await panel().innerText();
  expect(text).toMatch(/mesa para 4/);
  expect(text).toMatch(/people/);
  expect(await panel().getByRole("button").count()).toBe(2);
  expect(await axe(ana, ".customer-panel")).toEqual([]);
});

it("refuses by the keyboard: the customer is told, and nothing waits any more", async () => {
  const before = customer.replies().length;
  await panel().getByRole("button").last().press("Enter");
  await customer.waitForReply(before + 1);
  await panel().getByRole("button").first().waitFor({ state: "detached" });
  const [row] = await app.world.sql<{ state: string; code: string }>`select state, code from acts`;
  expect(row).toEqual({ state: "cancelled", code: "refused" });
});
