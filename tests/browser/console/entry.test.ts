import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { hashOf } from "../../console/visitor.ts";
import { axe, axeInThemes } from "../axe.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;
let page: Page;

beforeAll(async () => {
  app = await startConsole();
});

afterAll(() => app?.close());

beforeEach(async () => {
  page = await app.browser.newPage({ locale: "en-US", viewport: { width: 360, height: 740 } });
  return () => page.close();
});

/** Stores an invitation, as an owner or `npm run dev` makes it; returns the link's token. */
async function invitation(email: string, { signsIn = false, hours = 1 } = {}): Promise<string> {
  const token = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
  await app.world.sql`
    insert into invitations (token_hash, tenant_id, email, role, signs_in, expires_at)
      values (decode(${hashOf(token)}, 'hex'), ${app.tenantId}::uuid, ${email}, 'agent', ${signsIn},
        clock_timestamp() + make_interval(hours => ${hours}::int))`;
  return token;
}

const at = (path: string) => `${app.world.url}/console${path}`;
const atInbox = () => page.waitForURL(`**/console/${app.tenantId}/inbox*`);

it("accepts an invitation, signs out, refuses a wrong password and signs in where one wanted to go", async () => {
  const token = await invitation("rosa@example.com");
  await page.goto(at(`/invitation#${token}`));
  await page.getByLabel("Name").fill("Rosa <b>Quispe</b>");
  expect(page.url()).toBe(at("/invitation"));
  await page.getByLabel("New password").fill("1234567890");
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await page.getByText(/too easy to guess/).waitFor();
  await page.getByLabel("New password").fill("three llamas on a hill");
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await atInbox();
  await page.getByRole("button", { name: /More.*Rosa <b>Quispe/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(at("/sign-in"));

  await page.goto(at(`/${app.tenantId}/team`));
  await page.waitForURL(at("/sign-in"));
  await page.getByLabel("E-mail").fill("rosa@example.com");
  await page.getByLabel("Password").fill("two llamas on a hill");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText(/E-mail or password is wrong/).waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe("rosa@example.com");
  await page.getByLabel("Password").fill("three llamas on a hill");
  await page.getByLabel("Password").press("Enter");
  await page.waitForURL(at(`/${app.tenantId}/team`));
  await page.getByText("Rosa <b>Quispe</b>", { exact: true }).waitFor();
  // Nothing that was asked for before is taken for an answer to whoever is signed in now.
  expect(await page.getByRole("dialog").count()).toBe(0);
});

it("signs in by a link that needs no password, once", async () => {
  const token = await invitation("dev@example.com", { signsIn: true });
  await page.goto(at(`/sign-in#${token}`));
  await atInbox();
  await page.goto(at(`/sign-in#${token}`));
  await page.getByText(/This link was used, withdrawn, or has expired/).waitFor();
  expect(page.url()).toBe(at("/sign-in"));
});

it.each([
  [
    "that has expired",
    () => invitation("late@example.com", { hours: -1 }),
    /was used, withdrawn, or has expired/,
  ],
  ["that is cut off", async () => "half-a-token", /The link is incomplete/],
  ["without a token", async () => "", /The link is incomplete/],
])("says what to do about an invitation %s", async (_case, link, words) => {
  await page.goto(at(`/invitation#${await link()}`));
  await page.getByText(words).waitFor();
  expect(await axe(page)).toEqual([]);
});

it("asks for the password over the page when a session ends, and loses nothing typed", async () => {
  await app.world.sql`
    insert into operators (email, name, password)
      select 'ida@example.com', 'Ida', password from operators where email = 'rosa@example.com' on conflict do nothing`;
  const own = await app.open("owner", "/quick-replies", { name: "ida" });
  await own.goto(at("/account"));
  await own.getByLabel("Name").fill("Ida María");
  await app.world
    .sql`delete from sessions where operator_id in (select id from operators where email = 'ida@example.com')`;
  await own.getByRole("button", { name: "Save" }).click();
  const dialog = own.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Password").fill("three llamas on a hill");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await own.getByLabel("Name").inputValue()).toBe("Ida María");
  await own.getByRole("button", { name: "Save" }).click();
  await own.getByText("Saved.", { exact: true }).first().waitFor();
  await own.context().close();
});

it.each(["en-US", "es-PE", "pt-BR"])(
  "has a sign-in page without breaches that axe finds (%s)",
  async (locale) => {
    const other = await app.browser.newPage({ locale, viewport: { width: 1280, height: 800 } });
    const problems: string[] = [];
    other.on("pageerror", (error) => problems.push(error.message));
    other.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await other.goto(at("/some-company/inbox"));
    await other.getByLabel(/password|contraseña|senha/i).waitFor();
    expect(await axeInThemes(other, { seenInAnotherLanguage: locale !== "en-US" })).toEqual([]);
    expect(problems.filter((text) => !text.includes("401"))).toEqual([]);
    await other.close();
  },
);
