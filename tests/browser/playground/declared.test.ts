import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadCompany } from "../../../db/company.ts";
import { PROJECT_DIRECTORY } from "../../../host/bot.ts";
import { readCompanyFolder } from "../../../host/company/folder.ts";
import { WORLD } from "../../support/world.ts";
import { axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "../console/console.ts";

const TESTER = "573001112233";
const HOSTILE = '<img src=x onerror="window.hacked=1">';
const DAY = "2027-06-02";
let app: Console;
let system: Server;
beforeAll(async () => {
  system = createServer(({ url = "" }, response) => {
    if (!url.startsWith("/slots")) response.statusCode = 503;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ day: DAY, slots: ["15:00", HOSTILE], free: ["15:00", HOSTILE] }));
  });
  await new Promise<void>((done) => system.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(system.address() as AddressInfo).port}`;
  app = await startConsole({
    env: {
      ...{ REPLY_TIMEOUT_MS: "30000", INTENT_TIMEOUT_MS: "30000", TEST_PHONES: TESTER },
      ...{ TOOL_CLINIC_URL: `http://${host}`, ALLOW_TOOL_HOSTS: host },
    },
  });
  const clinic = await readCompanyFolder(join(PROJECT_DIRECTORY, "companies/clinic"));
  await loadCompany(app.world, WORLD.phoneNumberId, clinic);
});
afterAll(async () => {
  await app?.close();
  system.close();
});

async function write(page: Page, text: string, answers: number): Promise<void> {
  const box = page.locator(".trial-box textarea");
  await box.fill(text);
  await box.press("Enter");
  await page
    .locator(".trial-facts")
    .nth(answers - 1)
    .waitFor();
}

it("shows the company's tools as they are called, withheld, failed, and asked about", async () => {
  const page = await app.open("agent", "/playground", { name: "tess" });
  const phone = page.getByLabel("Verified phone");
  await page.getByText(`The company's tools are called under these phones: ${TESTER}.`).waitFor();
  await phone.fill(TESTER);
  await write(page, `¿tienen hora libre el ${DAY}?`, 1);
  const calls = page.locator(".tool-call");
  await calls.first().locator("summary").click();
  expect(await calls.first().innerText()).toMatch(
    /free_slots[\s\S]*done[\s\S]*ms[\s\S]*2027-06-02[\s\S]*15:00/,
  );
  expect(await calls.first().innerText()).toContain(JSON.stringify(HOSTILE));
  expect(await page.evaluate(() => "hacked" in window || document.querySelector("img[src=x]") !== null)).toBe(
    false,
  );

  await write(page, "¿cuándo es mi cita?", 2);
  expect(await calls.nth(1).locator("summary").innerText()).toMatch(/my_appointments\s+failed\s+http_503/);

  await write(page, `resérveme el ${DAY} a las 15:00`, 3);
  await page.getByText(/would be asked to confirm book_appointment within 10 minutes/).waitFor();
  expect(await calls.nth(2).locator("summary").innerText()).toMatch(/book_appointment\s+done\s+simulated/);
  const buttons = page.locator(".bubble-bot").last().getByRole("button");
  for (const button of await buttons.all()) expect(await button.isDisabled()).toBe(true);
  const [{ acts } = { acts: -1 }] = await app.world.sql<{
    acts: number;
  }>`select count(*)::int as acts from acts`;
  expect(acts).toBe(0);

  await phone.fill("573009998877");
  await write(page, "¿cuándo es mi cita?", 4);
  expect(await calls.nth(3).locator("summary").innerText()).toMatch(/my_appointments\s+not called/);
  await calls.nth(3).locator("summary").click();
  await page.getByText(/only under the phones of TEST_PHONES/).waitFor();
  await page.context().close();
});

it.each(["es-PE", "en-US", "pt-BR"])("is accessible in both themes and at 360 px (%s)", async (locale) => {
  const page = await app.open("agent", "/playground", {
    ...{ name: `tools-${locale.toLowerCase()}`, locale, viewport: { width: 1280, height: 800 } },
  });
  await page.locator(".setup input[inputmode=numeric]").fill(TESTER);
  await write(page, "¿cuándo es mi cita?", 1);
  await write(page, `resérveme el ${DAY} a las 15:00`, 2);
  await page.locator(".setup input[inputmode=numeric]").fill("573009998877");
  await write(page, "¿cuándo es mi cita?", 3);
  await page.locator(".tool-call summary").last().click();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await axeInThemes(page, { seenInAnotherLanguage: locale !== "es-PE" }), `${width}`).toEqual([]);
    expect(await sidewaysScroll(page), `${width}`).toEqual(0);
  }
  await page.context().close();
});
