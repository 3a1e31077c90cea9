import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { inject } from "vitest";
import type { Role } from "../../../contracts/console/access.ts";
import { SESSION_COOKIE } from "../../../lib/console/http/admit.ts";
import { operator } from "../../console/visitor.ts";
import { startWorld, type World, type WorldOptions } from "../../support/world.ts";
import { launchChromium } from "../chromium.ts";

/** The console in a browser, over a world of its own. */
export interface Console {
  world: World;
  browser: Browser;
  tenantId: string;
  /** A page of somebody who is signed in with this role, at an address below `/console/:tenant`. */
  open(role: Role, path: string, options?: BrowserContextOptions & { name?: string }): Promise<Page>;
  close(): Promise<void>;
}

/** Serves the built console with the whole of Chasqui behind it. */
export async function startConsole(options: WorldOptions = {}): Promise<Console> {
  const world = await startWorld({ ...options, pages: inject("consolePages") });
  const browser = await launchChromium();
  const [tenant] = await world.sql<{ id: string }>`select id from tenants limit 1`;
  const tenantId = tenant?.id ?? "";
  return {
    world,
    browser,
    tenantId,
    async open(role, path, { name = role, ...more } = {}) {
      const who = await operator(world, { role, email: `${name}@example.com`, tenantId });
      const context = await browser.newContext({ locale: "en-US", ...more });
      // Chromium sends what was set over https to loopback too.
      const url = world.url.replace("http:", "https:");
      const cookie = { name: SESSION_COOKIE, value: who.token() ?? "", url };
      await context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: "Lax" }]);
      const page = await context.newPage();
      await page.goto(`${world.url}/console/${tenantId}${path}`);
      return page;
    },
    async close() {
      await browser.close();
      await world.close();
    },
  };
}
