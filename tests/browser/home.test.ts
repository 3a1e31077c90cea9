import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { pageConfig } from "../../vite.config.ts";
import { expectNamedControls, sidewaysScroll } from "./chat.ts";
import { launchChromium } from "./chromium.ts";
import { state } from "./samples.ts";
import { type Stub, startStub } from "./stub.ts";

let browser: Browser;
let stub: Stub;
let page: Page;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "chasqui-home-"));
  await build({ ...pageConfig("index", directory), configFile: false, logLevel: "error" });
  stub = await startStub(directory, state());
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await stub?.close();
  await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  page = await browser.newPage({ locale: "en-US", viewport: { width: 360, height: 740 } });
  return () => page.close();
});

it("shows that Chasqui is running and how each service is", async () => {
  stub.health = {
    status: 200,
    body: { status: "ok", checks: { database: { ok: true, ms: 3 }, cache: { ok: true, ms: 2 } } },
  };
  await page.goto(stub.url);
  await page.getByRole("heading", { name: "Chasqui is running", exact: true }).waitFor();
  expect(await page.locator(".services li").allInnerTexts()).toEqual([
    expect.stringMatching(/Database.*3\sms/su),
    expect.stringMatching(/Cache.*2\sms/su),
  ]);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await expectNamedControls(page);
});

it("explains a failure and checks again", async () => {
  stub.health = { status: 503, body: { status: "down", checks: { database: { ok: false, ms: 2000 } } } };
  await page.goto(stub.url);
  await page.getByRole("heading", { name: "Chasqui is down" }).waitFor();
  await page.getByText("not working").waitFor({ state: "attached" });
  stub.health = { status: 200, body: { status: "ok", checks: {} } };
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByRole("heading", { name: "Chasqui is running", exact: true }).waitFor();
});

it.each([
  ["Español", "Chasqui está en marcha"],
  ["Português", "Chasqui está no ar"],
])("speaks %s", async (language, title) => {
  stub.health = { status: 200, body: { status: "ok", checks: {} } };
  await page.goto(stub.url);
  await page.getByRole("button", { name: language }).click();
  await page.getByRole("heading", { name: title, exact: true }).waitFor();
});

it("shows the webhook URL and serves nothing of the simulator", async () => {
  await page.goto(stub.url);
  await page.getByText(`${stub.url}/api/whatsapp/webhook`).waitFor();
  const response = await page.goto(`${stub.url}/simulator.html`);
  expect(response?.status()).toBe(404);
});
