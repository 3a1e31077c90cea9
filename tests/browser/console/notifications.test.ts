import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { launchChromium } from "../chromium.ts";
import { fillOffice } from "./demo.ts";
import { countsOf, createOffice, type Office, TENANT } from "./office.ts";
import { serveConsole } from "./serve-office.ts";

let browser: Browser;
let office: Office;
let server: Awaited<ReturnType<typeof serveConsole>>;
let page: Page;

beforeAll(async () => {
  office = createOffice();
  [server, browser] = await Promise.all([serveConsole(office.api), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(() => {
  fillOffice(office, Date.now());
  office.requests.length = 0;
});

afterEach(() => page?.context().close());

/** Opens the inbox with its bell on, in a page that has not the focus; `before` runs first in it. */
async function open(before: string[] = [], permissions = ["notifications"]): Promise<void> {
  const context = await browser.newContext({ locale: "en-US" });
  await context.grantPermissions(permissions, { origin: new URL(server.url).origin });
  await context.addInitScript("document.hasFocus = () => false");
  for (const script of before) await context.addInitScript(script);
  page = await context.newPage();
  await page.goto(`${server.url}/${TENANT}/inbox/mine`);
  await page.locator("[data-state=live]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Notify me of waiting customers" }).click();
  await page.getByRole("button", { name: "Notifications are on" }).waitFor();
}

/** A conversation begins to wait; a visible tab hears its row too. */
function hand(place: number, heard: "row" | "number"): string {
  const fresh = { ...office.rows[place], waitingSince: Date.now(), changedAt: Date.now() };
  office.rows[place] = fresh as (typeof office.rows)[0];
  if (heard === "row") office.emit("rows", [office.rows[place]] as Office["rows"]);
  office.emit("counts", countsOf(office.rows));
  return fresh.id ?? "";
}

const shown = () =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration("/console");
    const all = (await registration?.getNotifications()) ?? [];
    return all.map(({ title, body, data }) => ({ title, body, data: data as unknown }));
  });

/** What the browser does when somebody presses a notification, which has no button in a browser without a screen. */
async function press(): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate(async () => {
    const scope = self as unknown as { registration: ServiceWorkerRegistration };
    const [notification] = await scope.registration.getNotifications();
    const event = new Event("notificationclick");
    self.dispatchEvent(Object.assign(event, { notification, waitUntil: () => {} }));
  });
}

/** Counts the notes that the page plays from now on. */
async function playedNotes(): Promise<() => Promise<number>> {
  const counted = await page.evaluateHandle(() => {
    const played = { notes: 0 };
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      played.notes += 1;
      start.call(this, when);
    };
    return played;
  });
  return () => counted.evaluate(({ notes }) => notes);
}

const path = () => new URL(page.url()).pathname;

it("shows a new handoff through the service worker, and leads to the conversation without loading the page anew", async () => {
  await open();
  await page.evaluate(() => Object.assign(window, { kept: true }));
  const notes = await playedNotes();
  const id = hand(9, "row");
  await expect.poll(notes).toBe(2);
  await expect.poll(shown).toEqual([
    {
      title: "A customer is waiting for a person",
      body: "5 customers are waiting.",
      data: `/${TENANT}/inbox/waiting/${id}`,
    },
  ]);
  await press();
  await expect.poll(path).toBe(`/console/${TENANT}/inbox/waiting/${id}`);
  await expect.poll(shown).toEqual([]);
  expect(await page.evaluate("window.kept")).toBe(true);
  await page.locator("#conversation-name", { hasText: office.rows[9]?.name ?? "" }).waitFor();
});

it("works where pages may make no notifications, as on Android, and finds the conversation behind the number alone", async () => {
  await open(["Notification = new Proxy(Notification, { construct() { throw new TypeError('Illegal'); } })"]);
  const id = hand(8, "number");
  await expect.poll(shown).toMatchObject([{ data: `/${TENANT}/inbox/waiting/${id}` }]);
  hand(9, "row");
  await expect.poll(shown).toMatchObject([{ body: "6 customers are waiting." }]);
});

it("takes the notification away when nobody waits any more", async () => {
  await open();
  hand(9, "row");
  await expect.poll(shown).toHaveLength(1);
  office.rows = [];
  office.emit("counts", countsOf([]));
  await expect.poll(shown).toEqual([]);
});

it("caches nothing, and answers no request of the page", async () => {
  await open();
  hand(9, "row");
  await expect.poll(shown).toHaveLength(1);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  const document = await page.reload();
  expect(document?.fromServiceWorker()).toBe(false);
});

it("says why there is only the sound: no notifications in this browser, or none allowed", async () => {
  await open(["delete window.Notification"], []);
  await page.locator(".toast", { hasText: "as on iPhone and iPad" }).waitFor();
  await page.context().close();
  await open(["Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"], []);
  await page.locator(".toast", { hasText: "Your browser blocks notifications" }).waitFor();
});
