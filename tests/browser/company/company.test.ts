import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axe, axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "../console/console.ts";

let app: Console;

beforeAll(async () => {
  app = await startConsole();
});

afterAll(() => app?.close());

const kept = (page: Page) => page.getByText("Draft kept").waitFor();
const heading = (page: Page, name: string) =>
  page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

it("edits the profile and an intent, saves a version with a note and goes back", async () => {
  const page = await app.open("owner", "/company", { name: "olga" });
  const tone = page.getByLabel("Tone of the replies");
  await tone.waitFor();
  const before = await tone.inputValue();
  await tone.fill("serio y breve");
  await kept(page);
  expect(await axe(page)).toEqual([]);
  // What was typed is there after a reload, and the page has asked nothing.
  await page.reload();
  await tone.waitFor();
  expect(await tone.inputValue()).toBe("serio y breve");
  await page.getByRole("link", { name: "Intents" }).click();
  await page.locator("summary").first().click();
  await page.getByLabel("Instructions for the reply").first().fill('Say "Hola, soy Tambito".');
  await page.getByText("2 changes not live yet").waitFor();
  await kept(page);
  expect(await axe(page)).toEqual([]);
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByLabel("What changes, and why").fill("A <b>shorter</b> tone");
  expect(await axe(page)).toEqual([]);
  await page.getByRole("button", { name: "Save and make live" }).click();
  await page.getByText("Nothing changed.").waitFor();

  await page.getByRole("link", { name: "Versions" }).click();
  await page.getByText("A <b>shorter</b> tone").waitFor();
  await page
    .getByRole("button", { name: /^Show what changed/ })
    .first()
    .click();
  await page.locator('.diff [data-kind="new"]', { hasText: "serio y breve" }).waitFor();
  expect(await axe(page, "main")).toEqual([]);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/versions.png`, fullPage: true });
  await page
    .getByRole("button", { name: /^Go back to this/ })
    .last()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.locator('.diff [data-kind="gone"]', { hasText: "serio y breve" }).waitFor();
  expect(await axe(page, "dialog")).toEqual([]);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/back.png` });
  await dialog.getByRole("button", { name: "Go back to this" }).click();
  await page
    .getByText(/^Version \d+ is live\.$/)
    .first()
    .waitFor();
  await page.getByRole("link", { name: "Profile" }).click();
  await tone.waitFor();
  await expect.poll(() => tone.inputValue()).toBe(before);
  await page.context().close();
});

it("tells the second of two who edit the same, and loses neither's words", async () => {
  const olga = await app.open("owner", "/company", { name: "olga" });
  const omar = await app.open("owner", "/company", { name: "omar" });
  await omar.getByLabel("Opening hours in words").fill("de nueve a cinco");
  await kept(omar);
  await olga.getByLabel("Opening hours in words").fill("de ocho a tres");
  await olga.getByLabel("Name", { exact: true }).fill("Tambo Perú");
  await kept(olga);
  await olga.reload();
  await olga.getByText("omar is changing this too: Profile: Opening hours in words").waitFor();
  await olga.getByRole("button", { name: "Save…" }).click();
  await olga.getByRole("button", { name: "Save and make live" }).click();
  await olga.getByText("Nothing changed.").waitFor();

  await omar.getByRole("button", { name: "Save…" }).click();
  await omar.getByRole("button", { name: "Save and make live" }).click();
  await omar
    .getByRole("dialog")
    .getByText(/Somebody has changed the same/)
    .waitFor();
  await omar.keyboard.press("Escape");
  const conflict = omar.getByRole("group", { name: "Profile: Opening hours in words" });
  await conflict.getByText("de ocho a tres").waitFor();
  expect(await axe(omar)).toEqual([]);
  expect(await omar.getByLabel("Opening hours in words").inputValue()).toBe("de nueve a cinco");
  await conflict.getByRole("button", { name: /^Keep mine/ }).click();
  await kept(omar);
  await omar.getByRole("button", { name: "Save…" }).click();
  await omar.getByRole("button", { name: "Save and make live" }).click();
  await omar.getByText("Nothing changed.").waitFor();
  const [tenant] = await app.world.sql<{ name: string; hours: string }>`
    select profile ->> 'name' as name, profile ->> 'hours' as hours from tenants limit 1`;
  expect(tenant).toEqual({ name: "Tambo Perú", hours: "de nueve a cinco" });
  await olga.context().close();
  await omar.context().close();
});

it("names what is wrong beside its field and does not save it", async () => {
  const page = await app.open("owner", "/company", { name: "vilma" });
  await page.getByLabel("Time zone").fill("Lima");
  await page.getByText("is not an IANA time zone such as America/Lima").waitFor();
  await page.getByText("1 thing to put right").waitFor();
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByRole("button", { name: "Save and make live" }).click();
  await page.getByText(/Something has to be put right first/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
  await page.getByText("Nothing changed.").waitFor();
  expect(await page.getByLabel("Time zone").inputValue()).toBe("America/Lima");
  await page.context().close();
});

it("chooses the models that answer, and says what each costs", async () => {
  const page = await app.open("owner", "/company", { name: "maria", viewport: { width: 360, height: 740 } });
  const models = page.getByLabel("Models that answer");
  await models.waitFor();
  expect(await models.inputValue()).toBe("");
  await page.getByText("What it costs depends on how the server is set up.").waitFor();
  for (const [profile, cost] of [
    ["quality", /about US\$ 4 /],
    ["balanced", /about US\$ 0\.60 /],
    ["economy", /about US\$ 0\.30 /],
  ] as const) {
    await models.selectOption(profile);
    await page.getByText(cost).waitFor();
  }
  await kept(page);
  expect(await axeInThemes(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await models.scrollIntoViewIfNeeded();
  if (process.env.SHOTS)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${process.env.SHOTS}/models-${colorScheme}.png` });
    }
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByRole("button", { name: "Save and make live" }).click();
  await page.getByText("Nothing changed.").waitFor();
  const profile = async () =>
    (
      await app.world.sql<{
        models: string | null;
      }>`select profile ->> 'modelProfile' as models from tenants limit 1`
    )[0];
  expect(await profile()).toEqual({ models: "economy" });
  await models.selectOption("");
  await kept(page);
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByText("Profile: Models that answer").first().waitFor();
  await page.getByRole("button", { name: "Save and make live" }).click();
  await page.getByText("Nothing changed.").waitFor();
  expect(await profile()).toEqual({ models: null });
  await page.context().close();
});

it("writes a passage that a search did not find, as text whatever it holds", async () => {
  const page = await app.open("agent", "/knowledge", { name: "ana" });
  await page.getByLabel("A customer's question").fill("¿hay veterinario?");
  await page.locator(".find select").first().selectOption("es");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByText(/^Nothing\. The bot would say/).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.locator(".found-nothing").getByRole("link", { name: "Write a passage" }).click();
  await heading(page, "Write a passage");
  await page.locator(".asked").getByText("¿hay veterinario?").waitFor();
  expect(page.url()).not.toContain("veterinario");
  expect(await page.getByLabel("Question or topic").inputValue()).toBe("¿hay veterinario?");
  await page.getByLabel("Answer").fill("Sí, **cada lunes**.\n<img src=x onerror=\"document.title='run'\">");
  expect(await axe(page)).toEqual([]);
  await page.getByRole("button", { name: "Done" }).click();
  await heading(page, "Edit a passage");
  await page.locator(".passage-preview strong", { hasText: "cada lunes" }).waitFor();
  expect(await page.locator(".passage-preview img").count()).toBe(0);
  await kept(page);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.locator(".found li").first().getByText("the bot reads it").waitFor();
  await page.getByRole("button", { name: "Save…" }).click();
  await page.getByRole("button", { name: "Save as a proposal" }).click();
  await page
    .getByText(/saved as a proposal/)
    .first()
    .waitFor();
  await page.context().close();
});

it("imports a table after a look at it, and nothing of one with a wrong line", async () => {
  const page = await app.open("agent", "/knowledge", { name: "ada" });
  await page.getByRole("button", { name: "Import…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("From").selectOption("csv");
  const file = (text: string) => ({ name: "faq.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await dialog.getByLabel("CSV file").setInputFiles(file("title,text,language\nA,B,xx\n"));
  await dialog.getByRole("button", { name: "Read it" }).click();
  await dialog.getByText(/Line 2: language must be es, en or pt/).waitFor();
  await dialog
    .getByLabel("CSV file")
    .setInputFiles(file("title,text,language\nParking?,Behind the shop.,en\nBikes?,No.,en\n"));
  await dialog.getByRole("button", { name: "Read it" }).click();
  await dialog.getByText("2 passages found").waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog
    .getByLabel(/^Use this passage/)
    .last()
    .uncheck();
  await dialog.getByRole("button", { name: "Take 1 passage into the draft" }).click();
  await page.getByRole("link", { name: "Parking?" }).waitFor();
  expect(await page.getByRole("link", { name: "Bikes?" }).count()).toBe(0);
  await kept(page);
  await page.context().close();
});

it("is read by a viewer, who can change nothing", async () => {
  const page = await app.open("viewer", "/company", { name: "vera" });
  await page.getByText(/You can look at everything here/).waitFor();
  expect(await page.getByLabel("Tone of the replies").isDisabled()).toBe(true);
  await page.goto(`${app.world.url}/console/${app.tenantId}/knowledge`);
  await page.locator(".passages li").first().waitFor();
  expect(await page.getByRole("link", { name: "Write a passage" }).count()).toBe(0);
  await page.context().close();
});

it("is used by keyboard alone", async () => {
  const page = await app.open("owner", "/company/versions", { name: "olga" });
  await heading(page, "Company");
  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await heading(page, "Knowledge");
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await page.getByLabel("Tone of the replies").focus();
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  await kept(page);
  const save = page.getByRole("button", { name: "Save…" });
  await save.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("by keys");
  await page.keyboard.press("Escape");
  await expect.poll(() => save.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.context().close();
});

it.each([
  ["es-PE", "dark", "Empresa"],
  ["pt-BR", "light", "Empresa"],
  ["en-US", "dark", "Company"],
] as const)("fits 360 pixels in %s, %s", async (locale, colorScheme, title) => {
  const viewport = { width: 360, height: 740 };
  const page = await app.open("owner", "/company", { name: "olga", locale, colorScheme, viewport });
  await heading(page, title);
  for (const path of ["/company", "/company/intents", "/company/versions", "/knowledge", "/knowledge/new"]) {
    await page.goto(`${app.world.url}/console/${app.tenantId}${path}`);
    await page.locator(".draft-bar").waitFor();
    if (path === "/company/intents") await page.locator("summary").first().click();
    if (path === "/company/versions") await page.locator(".version").first().waitFor();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/${locale}${path.replaceAll("/", "-")}.png` });
    // Both themes were looked at before, in Spanish and Portuguese.
    expect(await axe(page, "html", locale === "en-US" ? "all but colours" : "all"), path).toEqual([]);
    expect(await sidewaysScroll(page), path).toBe(0);
  }
  await page.context().close();
});
