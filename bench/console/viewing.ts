import type { Browser, BrowserContext, Page } from "playwright-core";
import { SESSION_COOKIE } from "../../lib/console/http/admit.ts";
import { launchChromium } from "../../tests/browser/chromium.ts";
import { grid, percentile, round } from "../table.ts";
import type { ConsoleWorld } from "./world.ts";

/** A page of one line, for comparison. */
export const BARE_PAGE = "bare.html";
const FIRST_VIEWS = 15;
const SWITCHES = 40;
const LIMIT_MS = 30_000;

/** The page in Chromium: from the start of the navigation, or from the press, until it is painted. */
export async function viewingTable(world: ConsoleWorld): Promise<string> {
  const browser = await launchChromium();
  try {
    const floor = percentile(await firstViews(browser, world, `/${BARE_PAGE}`), 0.5);
    const inbox = `/console/${world.tenantId}/inbox/all`;
    const { rows } = await world.client.query<{ id: string }>(
      "select id from conversations order by md5(id::text) limit 1",
    );
    const line = (what: string, taken: number[], limit: number) => {
      const [p50, p95] = [percentile(taken, 0.5), percentile(taken, 0.95)];
      return [
        what,
        round(p50),
        round(p95),
        `${round(p50 / floor)}×`,
        `${p50 <= limit ? "within" : "OVER"} ${limit} ms`,
      ];
    };
    return grid([
      [
        "in Chromium, 10,000 conversations, 1,000,000 messages",
        "p50 ms",
        "p95 ms",
        "bare page",
        "limit (p50)",
      ],
      ["a bare page", round(floor), "", "1×", ""],
      line("inbox, first visit", await firstViews(browser, world, inbox), 1_000),
      line("inbox, again", await views(await contextFor(browser, world), world, inbox), 1_000),
      line(
        "inbox with a conversation, first visit",
        await firstViews(browser, world, `${inbox}/${rows[0]?.id}`),
        1_000,
      ),
      line("another conversation, by the mouse", await switches(browser, world, inbox, press), 150),
      line("another conversation, by the keyboard", await switches(browser, world, inbox, step), 150),
      line("a conversation seen before", await switches(browser, world, inbox, back), 150),
    ]);
  } finally {
    await browser.close();
  }
}

/** A browser's storage with the session. */
async function contextFor(browser: Browser, { url, cookie }: ConsoleWorld): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  // Chromium sends what was set over https to loopback too.
  const own = {
    name: SESSION_COOKIE,
    value: cookie.split("=")[1] ?? "",
    url: url.replace("http:", "https:"),
  };
  await context.addCookies([{ ...own, secure: true, httpOnly: true, sameSite: "Lax" }]);
  // tsx names functions by a helper that a page does not have.
  await context.addInitScript("globalThis.__name = (made) => made");
  await context.addInitScript(watchPaint);
  return context;
}

/** Each in a browser that has loaded nothing. */
async function firstViews(browser: Browser, world: ConsoleWorld, path: string): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= FIRST_VIEWS; round += 1) {
    const context = await contextFor(browser, world);
    taken.push(await view(await context.newPage(), world.url + path));
    await context.close();
  }
  return taken.slice(1);
}

async function views(context: BrowserContext, { url }: ConsoleWorld, path: string): Promise<number[]> {
  const page = await context.newPage();
  const taken: number[] = [];
  for (let round = 0; round <= FIRST_VIEWS; round += 1) taken.push(await view(page, url + path));
  await context.close();
  return taken.slice(1);
}

/** Milliseconds until the page shows its rows, and the messages of the conversation of its address. */
async function view(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: "commit" });
  const wanted = /inbox\/all\/./.test(url) ? ".thread .bubble" : ".row";
  return page.evaluate(
    ([selector, limitMs]) => window.painted(() => document.querySelector(selector) !== null, limitMs),
    [wanted, LIMIT_MS] as const,
  );
}

/** Goes to the conversation in this place of the list. */
type Go = (page: Page, place: number) => Promise<unknown>;

const press: Go = (page, place) => page.locator(".rows .row-link").nth(place).click();
const step: Go = (page) => page.keyboard.press("j").then(() => page.keyboard.press("Enter"));
/** Between the first two, which are in memory. */
const back: Go = (page, place) =>
  page
    .locator(".rows .row-link")
    .nth(place % 2)
    .click();

/** Milliseconds from the press until the newest message of the conversation is painted. */
async function switches(browser: Browser, world: ConsoleWorld, path: string, go: Go): Promise<number[]> {
  const context = await contextFor(browser, world);
  const page = await context.newPage();
  await view(page, world.url + path);
  await page.locator("[data-state=live]").waitFor({ state: "attached" });
  const taken: number[] = [];
  for (let place = 0; place < SWITCHES; place += 1) {
    // A person looks at what they have opened.
    await page.waitForTimeout(200);
    // A press may overtake a call: the page must be watching before it.
    await page.evaluate((limitMs) => {
      window.switching = window.switched(limitMs);
    }, LIMIT_MS);
    await go(page, place);
    taken.push(await page.evaluate(() => window.switching));
  }
  await context.close();
  return taken.slice(2);
}

declare global {
  interface Window {
    /** Milliseconds of the page's clock when `shown` was first true and drawn. */
    painted(shown: () => boolean, limitMs: number): Promise<number>;
    /** Milliseconds from the next press on until the conversation of the row that it opened is drawn. */
    switched(limitMs: number): Promise<number>;
    /** The change that is being watched. */
    switching: Promise<number>;
  }
}

/** Runs in the page, before its own script. */
function watchPaint(): void {
  window.painted = (shown, limitMs) =>
    new Promise((resolve, reject) => {
      const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
      if (shown()) return drawn();
      const limit = setTimeout(() => reject(new Error("it was not shown")), limitMs);
      const observer = new MutationObserver(() => {
        if (!shown()) return;
        observer.disconnect();
        clearTimeout(limit);
        drawn();
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  window.switched = (limitMs) =>
    new Promise((resolve, reject) => {
      // The number of its newest message, which the row shows too.
      const newest = (text: string | null | undefined) => /ch-\d+/.exec(text ?? "")?.[0];
      const opened = (start: number) => {
        const shown = () => {
          const row = document.querySelector(".row-link[aria-current=true] .row-preview");
          const wanted = newest(row?.textContent);
          return (
            wanted !== undefined &&
            wanted !== before &&
            newest([...document.querySelectorAll(".thread .bubble .formatted")].at(-1)?.textContent) ===
              wanted
          );
        };
        window.painted(shown, limitMs).then((end) => resolve(end - start), reject);
      };
      const before = newest(document.querySelector(".row-link[aria-current=true] .row-preview")?.textContent);
      const stop = new AbortController();
      const begin = (event: Event) => {
        // The key that moves to a row opens none.
        if (event instanceof KeyboardEvent && event.key !== "Enter") return;
        stop.abort();
        opened(performance.now());
      };
      for (const name of ["pointerdown", "keydown"])
        document.addEventListener(name, begin, { capture: true, signal: stop.signal });
    });
}
