/** Reminders beside the conversation: planned, sent or why not, by the company's clock; one that is planned is cancelled. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axe } from "../axe.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;
let ana: Page;

beforeAll(async () => {
  app = await startConsole({});
  const { sql } = app.world;
  const customer = app.world.customer("51987650005", "Rosa");
  await customer.send("hola");
  await customer.waitForReply();
  await app.world.drain();
  await sql`update tenants set profile = profile || '{"timeZone": "Asia/Tokyo"}'`;
  await sql`
    insert into reminders (tenant_id, conversation_id, act_id, key, starts_at, due_at, late_at, next_at, template, language_code, template_values, state, reason)
      select c.tenant_id, c.id, gen_random_uuid(), key, due + interval '1 day', due, due + interval '2 hours', due, 'recordatorio', 'es', '[]', state, reason
        from conversations c, (values
          ('C-1', timestamptz '2099-03-02 01:30Z', 'waiting', null), ('C-2', timestamptz '2026-03-02 01:30Z', 'failed', 'template_missing'),
          ('C-3', timestamptz '2026-03-01 01:30Z', 'missed', null)) r (key, due, state, reason)`;
  ana = await app.open("agent", "/inbox/all", { name: "ana" });
  await ana.locator(".rows .row a").click();
  await ana.locator(".panel-reminder").first().waitFor();
});
afterAll(() => app?.close());

const reminders = (page: Page) => page.locator(".panel-reminder");

it("says what is planned and why others were not sent, by the company's clock, as axe likes it", async () => {
  const shown = await reminders(ana).allInnerTexts();
  expect(shown).toHaveLength(3);
  expect(shown[0]).toMatch(/Planned.*Reminder: .*Mar 2.*10:30 AM GMT\+9.*Appointment: .*Mar 3.*\(C-1\)/s);
  expect(shown[1]).toMatch(/Could not be sent.*no such template/s);
  expect(shown[2]).toMatch(/Missed.*A person had the conversation/s);
  expect(await axe(ana, ".customer-panel")).toEqual([]);
});

it("fits a phone, in the dark, in Portuguese; a viewer only looks", async () => {
  const page = await app.open("viewer", "/inbox/all", {
    ...{ name: "iris", locale: "pt-BR", colorScheme: "dark", viewport: { width: 360, height: 800 } },
  });
  await page.locator(".rows .row a").click();
  await page.locator(".thread").waitFor();
  await page.locator("body").press("i");
  await reminders(page).first().waitFor();
  expect(await reminders(page).first().innerText()).toMatch(/Programado/);
  expect(await page.getByRole("button", { name: "Cancelar lembrete" }).count()).toBe(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await axe(page, ".customer-panel")).toEqual([]);
});

it("cancels by the keyboard, after a second press", async () => {
  await reminders(ana).first().getByRole("button", { name: "Cancel reminder" }).press("Enter");
  const sure = reminders(ana).first().getByRole("button", { name: "Cancel it" });
  await expect.poll(() => sure.evaluate((button) => button === document.activeElement)).toBe(true);
  await sure.press("Enter");
  await expect.poll(() => reminders(ana).first().innerText()).toMatch(/^Cancelled.*Cancelled by ana/s);
  const [row] = await app.world.sql<{ state: string }>`select state from reminders where key = 'C-1'`;
  expect(row).toEqual({ state: "cancelled" });
});
