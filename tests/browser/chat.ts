import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** The simulator in a browser window, with the steps of a visitor. */
export interface Chat {
  page: Page;
  /** Page errors, console errors and refused resources. */
  complaints: string[];
  bot: Locator;
  /** Sends a message with the keyboard; returns the text of the bot's reply. */
  ask(text: string): Promise<string>;
  close(): Promise<void>;
}

type Options = NonNullable<Parameters<Browser["newContext"]>[0]>;

/** Opens the simulator at `url` in a new window; `prepare` runs before the page loads. */
export async function openChat(
  browser: Browser,
  url: string,
  options: Options = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Chat> {
  const context: BrowserContext = await browser.newContext({
    locale: "es-PE",
    viewport: { width: 1280, height: 860 },
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await prepare(page);
  await page.goto(url);
  const box = page.locator(".composer textarea");
  await page.locator("[data-link=live]").waitFor();
  const bot = page.locator(".bubble-bot:not(.bubble-typing)");
  return {
    page,
    complaints,
    bot,
    async ask(text) {
      const before = await bot.count();
      await box.fill(text);
      await box.press("Enter");
      const answer = bot.nth(before);
      await answer.waitFor({ timeout: 20_000 });
      return answer.locator(".formatted").innerText();
    },
    close: () => context.close(),
  };
}

/** Width of the page beyond its window, in pixels. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      document.documentElement.scrollWidth - window.innerWidth,
      // The console's pages scroll in it.
      ...[...document.querySelectorAll(".shell-page")].map((page) => page.scrollWidth - page.clientWidth),
    ),
  );
}

/** Fails when a control has no accessible name. */
export async function expectNamedControls(page: Page): Promise<void> {
  const unnamed = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a, input, textarea, summary, meter, [role=img]")]
      .filter((element) => {
        const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
        const text = [
          element.getAttribute("aria-label"),
          element.textContent,
          ...labels.map((l) => l.textContent),
        ];
        return !text.some((words) => words?.trim());
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(unnamed).toEqual([]);
}
