import { Hono } from "hono";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { errorResponse } from "../../../lib/http/error-response.ts";
import { axe } from "../axe.ts";
import { launchChromium } from "../chromium.ts";
import { serveConsole } from "./server.ts";

let browser: Browser;
let server: Awaited<ReturnType<typeof serveConsole>>;

beforeAll(async () => {
  const api = new Hono().basePath("/api/console");
  api.all("*", () => errorResponse(401, "signed_out", "Sign in to go on."));
  server = await serveConsole(api);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it.each(["en", "es", "pt"])(
  "leads to the sign-in page, which axe finds nothing wrong with (%s)",
  async (locale) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({ locale, colorScheme, viewport: { width: 360, height: 740 } });
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      await page.goto(`${server.url}/some-company/inbox`);
      await page.getByLabel(/password|contraseña|senha/i).waitFor();
      expect(page.url()).toBe(`${server.url}/sign-in`);
      expect(await axe(page)).toEqual([]);
      expect(problems.filter((text) => !text.includes("401"))).toEqual([]);
      await page.close();
    }
  },
);
