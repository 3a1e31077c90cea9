import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Chat, openChat } from "./chat.ts";
import { launchChromium } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev.ts";

let dev: DevServer;
let browser: Browser;
let ana: Chat;
let answers: number;

beforeAll(async () => {
  [dev, browser] = await Promise.all([startDevServer(), launchChromium()]);
  ana = await openChat(browser, dev.url);
});

afterAll(async () => {
  await browser?.close();
  await dev?.stop();
});

beforeEach(async () => {
  answers = await ana.bot.count();
});

/** Text of the bot's next message. */
async function answer(): Promise<string> {
  const bubble = ana.bot.nth(answers);
  await bubble.waitFor({ timeout: 20_000 });
  return bubble.innerText();
}

async function attach(item: string): Promise<void> {
  await ana.page.getByRole("button", { name: "Adjuntar" }).click();
  await ana.page.getByRole("menuitem", { name: item, exact: true }).click();
}

const mine = (kind: string) => ana.page.locator(`.bubble-customer[data-kind=${kind}]`);
const dialog = () => ana.page.getByRole("dialog");

it("sends a photo with a caption, shows it, and gets a reply", async () => {
  await attach("Foto de muestra");
  await dialog().getByRole("textbox").fill("¿Venden este poncho?");
  await ana.page.keyboard.press("Enter");
  expect(await answer()).not.toBe("");
  const photo = mine("image").locator("img");
  await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(800);
  expect(await mine("image").innerText()).toContain("¿Venden este poncho?");
});

it("sends a voice message that the bot hears and answers, and plays it", async () => {
  await attach("Voz de muestra");
  expect(await answer()).toContain("1042");
  await expect.poll(() => mine("voice").locator(".reading").textContent()).toContain("mi pedido 1042");
  await expect.poll(() => mine("voice").locator(".sound-time").innerText()).toBe("0:04");
});

it("sends a document that the bot reads and answers", async () => {
  await attach("PDF de muestra");
  await dialog().getByRole("button", { name: "Enviar" }).click();
  expect(await answer()).not.toBe("");
  await expect.poll(() => mine("document").locator(".reading").textContent()).toContain("Poncho Ausangate");
});

it("answers a location request with its button", async () => {
  await ana.ask("¿Cuál es la tienda más cercana?");
  answers += 1;
  await ana.page.getByRole("button", { name: "Enviar ubicación" }).click();
  await dialog().getByRole("button", { name: "Plaza de Armas" }).click();
  expect(await answer()).toContain("Cusco");
  expect(await mine("location").locator(".bubble-quote").innerText()).toContain("¿Dónde estás?");
});

it("chooses a row of a list", async () => {
  await ana.ask("¿Dónde está mi pedido?");
  answers += 1;
  await ana.page.getByRole("button", { name: "Ver pedidos" }).last().click();
  await dialog().getByText("Pedido 1029").click();
  await dialog().getByRole("button", { name: "Enviar" }).click();
  expect(await answer()).toContain("1029");
  expect(await mine("tap").innerText()).toContain("Pedido 1029");
});

it("reacts to a reply and removes the reaction", async () => {
  const react = async (name: string) => {
    await ana.bot.last().click({ button: "right" });
    await ana.page.getByRole("menuitemcheckbox", { name }).click();
  };
  await react("Reaccionar con 🙏");
  await ana.bot.last().getByRole("img", { name: "Cliente: 🙏" }).waitFor();
  await react("Quitar 🙏");
  await ana.page.locator(".reactions").waitFor({ state: "detached" });
});

it("quotes a reply in a message", async () => {
  await ana.bot.first().click({ button: "right" });
  await ana.page.getByRole("menuitem", { name: "Responder" }).click();
  await ana.page.keyboard.type("¿Cuánto cuesta el envío?");
  await ana.page.keyboard.press("Enter");
  expect(await answer()).toMatch(/S\/\s?\d/);
  const quoting = ana.page.locator(".bubble-customer", { hasText: "¿Cuánto cuesta el envío?" });
  expect(await quoting.locator(".bubble-quote").innerText()).toContain("Bot");
});

it("sends a contact, a sticker and an unsupported message", async () => {
  for (const [item, kind] of [
    ["Contacto", "contacts"],
    ["Sticker", "sticker"],
    ["Encuesta", "text"],
  ] as const) {
    await attach(item);
    await mine(kind).last().waitFor();
  }
  await ana.page.getByText("Un tipo de mensaje que WhatsApp no comparte con las empresas").first().waitFor();
  expect(await answer()).not.toBe("");
});

it("shows everything again after a reload", async () => {
  const kinds = () =>
    ana.page.locator(".bubble").evaluateAll((all) => all.map((bubble) => bubble.getAttribute("data-kind")));
  // One that is being written has no kind yet.
  await expect.poll(async () => (await kinds()).includes(null)).toBe(false);
  const before = await kinds();
  await ana.page.reload();
  // A reply may still arrive.
  await expect.poll(async () => (await kinds()).slice(0, before.length)).toEqual(before);
  expect(ana.complaints).toEqual([]);
});
