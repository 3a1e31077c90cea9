import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;

beforeAll(async () => {
  app = await startConsole();
});

afterAll(() => app?.close());

const PHONE = { width: 360, height: 740 };
const heading = (page: Page, name: string) =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

it("invites somebody by a link that is shown once, changes a role and keeps the last owner", async () => {
  const page = await app.open("owner", "/team", { name: "olga" });
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill("new@example.com");
  await dialog.getByLabel(/^Viewer/).check();
  await dialog.getByRole("button", { name: "Create link" }).click();
  const link = await dialog.locator("code").innerText();
  expect(link).toMatch(new RegExp(`^${app.world.url}/console/invitation#[\\w-]{43}$`));
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const invited = page.getByText("new@example.com", { exact: true }).first();
  await invited.waitFor();
  expect(await page.content()).not.toContain(link.split("#")[1]);

  await page.getByLabel("Role of olga").selectOption("agent");
  await page.getByText(/only owner/).waitFor();
  expect(await page.getByLabel("Role of olga").inputValue()).toBe("owner");
  await page.getByRole("button", { name: "Withdraw new@example.com" }).click();
  await invited.waitFor({ state: "detached" });
  await page.context().close();
});

it("offers a viewer nothing to do, and an owner's page to nobody else", async () => {
  const page = await app.open("viewer", "/team", { name: "vera" });
  await page.getByText("vera@example.com").waitFor();
  expect(await page.getByRole("button", { name: "Invite somebody" }).count()).toBe(0);
  expect(await page.getByRole("combobox").count()).toBe(0);
  const links = await page.getByRole("navigation").getByRole("link").allInnerTexts();
  expect(links).toEqual(["Inbox", "Quick replies", "Ratings", "Insight", "Knowledge", "Company", "Team"]);
  await page.goto(`${app.world.url}/console/${app.tenantId}/audit`);
  await page.getByText(/Your role does not allow this/).waitFor();
  await page.goto(`${app.world.url}/console/${crypto.randomUUID()}/team`);
  await heading(page, "There is nothing here");
  await page.context().close();
});

it("lists the audit log by operator and downloads it", async () => {
  await app.world.sql`
    select record_audit(${app.tenantId}::uuid, jsonb_build_object('operatorId', null, 'operator', who, 'act', act,
        'conversationId', null, 'detail', '{}'::jsonb, 'look', false))
      from (values ('olga@example.com', 'operator.invite'), ('=cmd@example.com', 'settings.change')) as line (who, act)`;
  const page = await app.open("owner", "/audit", { name: "olga" });
  const rows = page.locator("tbody tr");
  await rows.first().waitFor();
  await page.getByText("=cmd@example.com").waitFor();
  await page.getByLabel("Who").selectOption("olga@example.com");
  await page.getByText("=cmd@example.com").waitFor({ state: "detached" });
  await page.getByText("Invited somebody").first().waitFor();
  await page.getByLabel("Action").selectOption("settings.");
  await page.getByText("Nothing matches this filter.").waitFor();
  await page.getByLabel("Who").selectOption("");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as CSV" }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv).toContain(`"'=cmd@example.com","settings.change"`);
  expect(csv).not.toContain("operator.invite");
  await page.context().close();
});

it("saves settings only when asked, and refuses what is out of bounds", async () => {
  const page = await app.open("owner", "/settings", { name: "olga" });
  const save = page.getByRole("button", { name: "Save" });
  const target = page.getByLabel("Target for the wait");
  await target.waitFor();
  expect(await save.isDisabled()).toBe(true);
  await target.fill("0");
  await save.click();
  expect(await target.evaluate((field: HTMLInputElement) => field.validity.rangeUnderflow)).toBe(true);
  await target.fill("7");
  await page.getByText("There are unsaved changes.").waitFor();
  await save.click();
  await page.getByText("Saved.", { exact: true }).first().waitFor();
  await page.reload();
  await target.waitFor();
  expect(await target.inputValue()).toBe("7");
  await page.context().close();
});

it("is used by keyboard alone", async () => {
  const page = await app.open("owner", "/ratings", { name: "olga" });
  await heading(page, "Ratings");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await heading(page, "Team");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /^Find a conversation/ }).waitFor();
  await page.keyboard.type("settings");
  await page.keyboard.press("Enter");
  await heading(page, "Settings");
  // A shortcut is no shortcut while somebody types.
  await page.getByLabel("Target for the wait").focus();
  await page.keyboard.type("gt");
  await heading(page, "Settings");
  await page.reload();
  await heading(page, "Settings");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  await page.context().close();
});

it("says on every page that the server is away, and goes on when it is back", async () => {
  const page = await app.open("owner", "/team", { name: "olga", viewport: PHONE });
  await page.getByText("olga@example.com").waitFor();
  await page.context().setOffline(true);
  await page.getByText("Offline", { exact: true }).waitFor();
  await page.context().setOffline(false);
  await page.getByText("Offline", { exact: true }).waitFor({ state: "hidden" });
  await page.context().close();
});

const PATHS = ["/team", "/audit", "/quick-replies", "/ratings", "/settings", "/account"];

it.each([
  ["en-US", { width: 1280, height: 800 }],
  ["es-PE", PHONE],
  ["pt-BR", { width: 1920, height: 1080 }],
])("has no breaches that axe finds and fits its window (%s)", async (locale, viewport) => {
  const page = await app.open("owner", "/team", { name: "olga", locale, viewport });
  const found: string[] = [];
  page.on("pageerror", (error) => found.push(error.message));
  for (const path of PATHS) {
    const company = path === "/account" ? "" : `/${app.tenantId}`;
    await page.goto(`${app.world.url}/console${company}${path}`);
    await page.locator("main h1").waitFor();
    await page.locator(".waiting").waitFor({ state: "detached" });
    found.push(...(await axeInThemes(page)).map((breach) => `${path}: ${breach}`));
    if ((await sidewaysScroll(page)) > 0) found.push(`${path} scrolls sideways`);
    if (process.env.SHOTS)
      await page.screenshot({ path: `/tmp/shots/${locale}${path.replace("/", "-")}.png` });
  }
  expect(found).toEqual([]);
  await page.context().close();
});

it("says so too when an answer that was on its way comes after the network went", async () => {
  const page = await app.open("owner", "/settings", { name: "olga" });
  const target = page.getByLabel("Target for the wait");
  await target.fill("9");
  let arrive = () => {};
  const arriving = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const asked = new Promise<void>((resolve) =>
    page.route("**/settings", async (route) => {
      const response = await route.fetch();
      resolve();
      await arriving;
      await route.fulfill({ response });
    }),
  );
  await page.getByRole("button", { name: "Save" }).click();
  await asked;
  await page.context().setOffline(true);
  await page.getByText("Offline", { exact: true }).waitFor();
  arrive();
  await page.getByText("Saved.", { exact: true }).first().waitFor();
  expect(await page.getByText("Offline", { exact: true }).count()).toBe(1);
  await page.context().close();
});
