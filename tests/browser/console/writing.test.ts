import { type Browser, type BrowserContext, errors, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axe } from "../axe.ts";
import { type Chat, openChat } from "../chat.ts";
import { launchChromium } from "../chromium.ts";
import { type DevServer, startDevServer } from "../dev.ts";

let dev: DevServer;
let browser: Browser;
/** Ana's phone in the simulator. */
let phone: Chat;
let agent: Page;
let context: BrowserContext;
const problems: string[] = [];

/** A picture of one red point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

beforeAll(async () => {
  [dev, browser] = await Promise.all([startDevServer(), launchChromium()]);
  phone = await openChat(browser, dev.url);
  await phone.ask("quiero hablar con una persona");
  context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 860 } });
  agent = await context.newPage();
  agent.on("pageerror", (error) => problems.push(error.message));
  agent.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} ${message.location().url}`);
  });
  await agent.goto(dev.ownerUrl);
  await openAna(agent);
});

afterAll(async () => {
  await browser?.close();
  await dev?.stop();
});

const box = (page: Page = agent) => page.locator(".write-box");
const fromTeam = (words: string): Locator => phone.page.locator(".bubble-operator", { hasText: words });
const inThread = (words: string): Locator => agent.locator(".thread .bubble-operator", { hasText: words });

async function openAna(page: Page): Promise<void> {
  await page.locator(".inbox a", { hasText: "Ana" }).first().click();
  await box(page).waitFor();
}

/** Path of the API of the open conversation's company. */
const companyPath = () => `/api/console/t/${new URL(agent.url()).pathname.split("/")[2]}`;

/** Calls the API as the page does. */
const call = (path: string, body: object) =>
  agent.evaluate(
    async ([to, json]) => {
      const headers = { "content-type": "application/json", "x-chasqui-console": "1" };
      const response = await fetch(to ?? "", { method: "POST", headers, body: json ?? "" });
      return { status: response.status, body: response.ok ? await response.json() : null };
    },
    [path, JSON.stringify(body)] as const,
  );

describe("an agent writes", () => {
  it("takes the conversation by its key", async () => {
    await agent.locator("body").press("Escape");
    await agent.locator("#conversation-name").focus();
    await agent.keyboard.press("t");
    await agent.locator("[data-act=giveBack][data-first]").waitFor();
    await expect.poll(() => agent.locator(".lock-bar").count()).toBe(0);
  });

  it("reaches the customer's phone once, however often Enter is pressed", async () => {
    await box().fill("Hola Ana, soy *Lucía*");
    expect(await agent.locator(".write-preview strong").innerText()).toBe("Lucía");
    await box().press("Enter");
    await box().press("Enter");
    await agent.locator(".write-send").click({ force: true });
    await fromTeam("Lucía").waitFor();
    await inThread("Lucía").locator(".ticks[data-status=read], .ticks[data-status=delivered]").waitFor();
    expect(await fromTeam("Lucía").count()).toBe(1);
    expect(await box().inputValue()).toBe("");
    expect(await agent.locator(".sending-bubble").count()).toBe(0);
  });

  it("sends once when the answer is lost on the way and the page tries again", async () => {
    let lost = 0;
    await agent.route("**/messages", async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort();
    });
    await box().fill("Una sola vez");
    await box().press("Enter");
    await fromTeam("Una sola vez").waitFor();
    await expect.poll(() => agent.locator(".sending-bubble").count()).toBe(0);
    await agent.unroute("**/messages");
    expect(lost).toBe(1);
    expect(await fromTeam("Una sola vez").count()).toBe(1);
    expect(await inThread("Una sola vez").count()).toBe(1);
  });

  it("keeps the words without a connection, in a draft of each conversation", async () => {
    await context.setOffline(true);
    await box().fill("Escrito sin conexión");
    // The page learns of it a moment later: until then a press is tried, and its bubble keeps the words.
    await agent.locator(".write-hints", { hasText: "No connection" }).waitFor();
    await box().press("Enter");
    expect(await box().inputValue()).toBe("Escrito sin conexión");
    await context.setOffline(false);
    await expect.poll(() => agent.locator(".write-hints", { hasText: "No connection" }).count()).toBe(0);
    expect(await agent.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
      "Escrito",
    );
    await box().press("Enter");
    await fromTeam("Escrito sin conexión").waitFor();
  });

  it("writes a note that the customer never gets", async () => {
    await agent.locator("#conversation-name").focus();
    await agent.keyboard.press("n");
    await box().pressSequentially("Ojo: cliente frecuente");
    await box().press("Enter");
    await agent.locator(".thread", { hasText: "Ojo: cliente frecuente" }).waitFor();
    await agent.getByRole("button", { name: "Message", exact: true }).click();
    expect(await phone.page.getByText("Ojo: cliente").count()).toBe(0);
  });

  it("leaves the box by Escape with the words kept, so that the keys of one letter act", async () => {
    await box().fill("a medio escribir");
    await box().press("Escape");
    expect(await agent.evaluate(() => document.activeElement?.id)).toBe("conversation-name");
    await agent.keyboard.press("r");
    await expect.poll(() => box().evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await box().inputValue()).toBe("a medio escribir");
    await box().fill("");
  });

  it("fills a quick reply by its shortcut", async () => {
    const reply = {
      id: crypto.randomUUID(),
      shortcut: "envio",
      text: "{{name}}, tu envío sale hoy.",
      language: null,
    };
    expect((await call(`${companyPath()}/quick-replies`, reply)).status).toBe(200);
    await box().pressSequentially("/env");
    await agent.getByRole("option", { name: /envio/ }).waitFor();
    await box().press("Enter");
    expect(await box().inputValue()).toBe("Ana, tu envío sale hoy.");
    await box().press("Enter");
    await fromTeam("tu envío sale hoy").waitFor();
  });

  it("attaches a picture with its words, and refuses what is too large", async () => {
    const picker = agent.locator(".tools input[type=file]");
    const tooLarge = { name: "voz.mp3", mimeType: "audio/mpeg", buffer: Buffer.alloc(17 * 1024 * 1024) };
    await picker.setInputFiles(tooLarge);
    await agent.locator(".toasts", { hasText: "The limit is 16" }).waitFor();
    await picker.setInputFiles({ name: "<b>foto</b>.png", mimeType: "image/png", buffer: PNG });
    await agent.getByText("Ready to send").waitFor();
    await box().fill("Así queda");
    await box().press("Enter");
    await fromTeam("Así queda").locator("img").waitFor();
  });

  it("gets a draft from the bot beside its own words, and discards it", async () => {
    await box().fill("Mi parte");
    await agent.keyboard.press("Control+j");
    await agent.getByRole("button", { name: "Put the draft below" }).click();
    await agent.getByText("Draft by the bot").waitFor();
    expect(await box().inputValue()).toMatch(/^Mi parte\n\n\S/u);
    expect(await agent.locator(".suggestion-bar").innerText()).toMatch(/\$|not known/);
    await agent.getByRole("button", { name: "Discard" }).click();
    expect(await box().inputValue()).toBe("Mi parte");
    await box().fill("");
  });
});

/** In the open list of templates: the one with a document in its header. */
async function sendsWithFile(): Promise<void> {
  await agent.locator(".template-item", { hasText: "catalogo" }).click();
  const button = agent.getByRole("button", { name: "Send template" });
  const field = agent.getByLabel("Document in the header");
  await field.setInputFiles({ name: "foto.png", mimeType: "image/png", buffer: PNG });
  await agent.getByRole("alert").getByText("needs a document").waitFor();
  expect(await button.isEnabled()).toBe(false);
  await field.setInputFiles({
    name: "catálogo.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7\n%%EOF"),
  });
  await agent.locator(".template-document", { hasText: "catálogo.pdf" }).waitFor();
  expect(await axe(agent, "dialog")).toEqual([]);
  await button.click();
  await phone.page.locator(".bubble-operator", { hasText: "catálogo" }).first().waitFor();
}

describe("a closed window", () => {
  it("locks the box and sends a template instead", async () => {
    // The stand-in's clock cannot be turned: the page is told that the window is closed.
    await agent.route("**/conversations/*", async (route) => {
      const response = await route.fetch();
      const view = await response.json();
      view.row.windowEndsAt = Date.now() - 1;
      view.row.changedAt = Date.now() + 1e9;
      await route.fulfill({ response, json: view });
    });
    await agent.reload();
    await agent.locator(".lock-bar[data-lock=window]").waitFor();
    expect(await box().getAttribute("readonly")).not.toBeNull();
    await agent.getByRole("button", { name: "Choose a template" }).click();
    await agent.locator(".template-item", { hasText: "Price not known" }).first().waitFor();
    await sendsWithFile();
    const price = { market: "PE", category: "utility", priceUsd: 0.0213, validFrom: "2026-10-01", was: null };
    expect((await call(`${companyPath()}/rates`, price)).status).toBe(200);
    await agent.getByRole("button", { name: "Choose a template" }).click();
    await agent.locator(".template-item", { hasText: "pedido_en_camino" }).click();
    // What it costs in the customer's country stands beside the preview.
    await agent.locator(".template-fields", { hasText: "Meta charges $0.0213" }).waitFor();
    const fields = agent.locator(".template-fields input");
    for (const field of await fields.all()) await field.fill("dato");
    const words = await agent.locator(".template-bubble .formatted").innerText();
    expect(words).not.toContain("{{");
    await agent.getByRole("button", { name: "Send template" }).click();
    await phone.page.locator(".bubble-operator .template-name").waitFor();
    await agent.unroute("**/conversations/*");
    await agent.reload();
    await box().waitFor();
    await expect.poll(() => agent.locator(".lock-bar").count()).toBe(0);
  });
});

describe("two agents", () => {
  it("cannot both write unawares", async () => {
    const invited = await call(`${companyPath()}/invitations`, { email: "luis@example.com", role: "agent" });
    const luis = await (await browser.newContext({ locale: "en-US" })).newPage();
    await luis.goto(new URL(invited.body.link, dev.url).href);
    await luis.getByLabel(/name/i).first().fill("Luis");
    await luis
      .getByLabel(/password/i)
      .first()
      .fill("una frase larga y segura 42");
    await luis.keyboard.press("Enter");
    await luis.locator(".inbox").waitFor();
    await luis.getByRole("link", { name: /^All/ }).click();
    await openAna(luis);
    await box(luis).fill("Yo también quiero escribir");
    await box(luis).press("Enter");
    expect(await luis.evaluate(() => document.activeElement?.textContent)).toMatch(/^Take over from/);
    await luis.keyboard.press("Enter");
    await luis.locator("[data-act=giveBack][data-first]").waitFor();
    await box(luis).press("Enter");
    await fromTeam("Yo también quiero escribir").waitFor();
    // The first agent learns of it without a reload, and their words are not sent over the other's.
    await agent
      .getByText(/Luis has this conversation/)
      .first()
      .waitFor();
    await agent.locator("[data-act=takeFrom]").click();
    await agent.locator("[data-act=giveBack][data-first]").waitFor();
    await luis.context().close();
  });
});

describe("giving back", () => {
  it("tells the bot what it should know", async () => {
    await agent.locator("#conversation-name").focus();
    await agent.keyboard.press("b");
    await agent.getByLabel("Note for the bot (optional)").fill("El cambio está aprobado.");
    expect(await axe(agent, "dialog")).toEqual([]);
    await agent.getByRole("dialog").getByRole("button", { name: "Give back" }).click();
    await agent.locator(".lock-bar[data-lock=bot]").waitFor();
    await agent.locator(".customer-panel", { hasText: "El cambio está aprobado." }).waitFor();
    expect(await phone.ask("¡Hola!")).toMatch(/Hola/);
  });

  it("asks before the page is left with something unsent", async () => {
    await box().fill("a medias");
    const asked = new Promise<string>((resolve) =>
      agent.once("dialog", (dialog) => {
        resolve(dialog.type());
        void dialog.dismiss();
      }),
    );
    await agent.reload({ timeout: 3000 }).catch((error) => {
      if (!(error instanceof errors.TimeoutError) && !/ERR_ABORTED/.test(String(error))) throw error;
    });
    expect(await asked).toBe("beforeunload");
    await box().fill("");
  });

  it("shows nothing that axe finds wrong, in both themes and on a phone", async () => {
    expect(await axe(agent, ".conversation")).toEqual([]);
    await agent.emulateMedia({ colorScheme: "dark" });
    await agent.setViewportSize({ width: 360, height: 740 });
    expect(await axe(agent, ".customer-panel")).toEqual([]);
    await agent.locator(".panel-close").click();
    expect(await axe(agent, ".conversation")).toEqual([]);
  });

  it("caused no browser errors", () => {
    expect(problems.filter((text) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED|409/.test(text))).toEqual([]);
  });
});
