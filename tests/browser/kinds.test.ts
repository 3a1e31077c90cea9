import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SimState } from "../../contracts/simulator.ts";
import { preparePages } from "../../fakes/pages.ts";
import { type Chat, expectNamedControls, openChat, sidewaysScroll } from "./chat.ts";
import { launchChromium } from "./chromium.ts";
import { BUTTONS, everyKindState, LIST, LOCATION_REQUEST } from "./kinds.ts";
import { state } from "./samples.ts";
import { lastSent, type Stub, startStub } from "./stub.ts";

let browser: Browser;
let directory: string;
let stub: Stub;
let chat: Chat;

beforeAll(async () => {
  ({ directory } = await preparePages());
  browser = await launchChromium();
});

afterAll(() => browser?.close());

afterEach(async () => {
  await chat.close();
  await stub.close();
});

async function open(server: SimState, options: Parameters<typeof openChat>[2] = {}): Promise<void> {
  stub = await startStub(directory, server);
  chat = await openChat(browser, stub.url, options);
}

const focused = () => chat.page.evaluate(() => document.activeElement?.textContent);
const tap = (name: string) => chat.page.getByRole("button", { name }).click();
const bubble = (text: string): Locator => chat.page.locator(".bubble", { hasText: text });

describe("every kind of message", () => {
  it("looks as on a phone", async () => {
    await open(everyKindState());
    const { page } = chat;
    await page.locator(".photo img").first().waitFor();
    const kinds = await page
      .locator(".bubble")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-kind")));
    for (const kind of [
      "image",
      "voice",
      "audio",
      "document",
      "sticker",
      "location",
      "contacts",
      "template",
      "form",
      "order",
    ])
      expect(kinds).toContain(kind);
    expect(await bubble("Ver envío").first().locator(".tap").allInnerTexts()).toEqual([
      expect.stringContaining("Ver envío"),
      "Cambiar dirección",
      "Hablar con alguien",
    ]);
    expect(await page.locator(".tap[data-tapped=true]").allInnerTexts()).toEqual([
      expect.stringMatching(/Ver envío.*elegido/s),
    ]);
    expect(await page.locator(".place").first().getAttribute("href")).toMatch(/openstreetmap.*-13\.51683/);
    expect(await page.locator(".paper").first().getAttribute("download")).toBe("receipt.pdf");
    expect(await page.locator(".reading").first().textContent()).toContain("mi pedido 1042");
    expect(await page.locator("a.tap").getAttribute("href")).toBe("https://rastreo.tambo.example/1042");
    expect(await page.locator(".cart").innerText()).toMatch(
      /Carrito.*16 artículos.*1 ×.*poncho-ausangate.*389\.00.*480\.00.*y 2 más.*Total.*869\.00/s,
    );
    expect(await bubble("poncho-ausangate").innerText()).toContain("para regalo");
    expect(await bubble("order_ready").innerText()).toMatch(/Ana\s+1042/);
  });

  it("shows reactions on their message, not as messages", async () => {
    await open(everyKindState());
    const badge = bubble("está en camino.").getByRole("img", { name: "Cliente: ❤️" });
    await badge.waitFor();
    expect(await chat.page.locator("[data-kind=reaction]").count()).toBe(0);
  });

  it("explains why a message failed and that a file is no longer available", async () => {
    await open(everyKindState());
    await bubble("No entregado")
      .getByText(/ventana de 24 horas.*131047/)
      .waitFor();
    await chat.page.getByText("Video: Este archivo ya no está disponible.").waitFor();
  });

  it("does not move when images load late", async () => {
    stub = await startStub(directory, everyKindState());
    const delayed: (() => Promise<void>)[] = [];
    chat = await openChat(browser, stub.url, {}, (page) =>
      page.route("**/_local/media/**", (route) => void delayed.push(() => route.continue())),
    );
    const height = () => chat.page.locator(".thread").evaluate((thread) => thread.scrollHeight);
    await chat.page.locator(".photo").first().waitFor();
    const before = await height();
    await Promise.all(delayed.map((release) => release()));
    await expect
      .poll(() =>
        chat.page
          .locator(".photo img")
          .evaluateAll((all: HTMLImageElement[]) => all.every((one) => one.complete)),
      )
      .toBe(true);
    expect(await height()).toBe(before);
  });

  it.each(["es-PE", "en-US", "pt-BR"])(
    "fits into 360 px in %s, in the dark, with everything named",
    async (locale) => {
      await open(everyKindState(), { locale, colorScheme: "dark", viewport: { width: 360, height: 740 } });
      await chat.page.locator(".photo").first().waitFor();
      expect(await sidewaysScroll(chat.page)).toBeLessThanOrEqual(0);
      await expectNamedControls(chat.page);
      await chat.page.locator(".composer-attach").click();
      const menu = await chat.page.locator(".attach-menu").boundingBox();
      expect(menu?.x).toBeGreaterThanOrEqual(0);
      expect((menu?.x ?? 0) + (menu?.width ?? 999)).toBeLessThanOrEqual(360);
      expect(chat.complaints).toEqual([]);
    },
  );
});

describe("taps", () => {
  it("sends a tapped button as a reply to its message", async () => {
    await open(state({ messages: [BUTTONS] }));
    await tap("Cambiar dirección");
    await expect
      .poll(() => lastSent(stub))
      .toMatchObject({
        replyTo: BUTTONS.waMessageId,
        message: { type: "button_reply", id: "change", title: "Cambiar dirección" },
      });
  });

  it("opens a list, lets the keyboard choose a row, and sends it", async () => {
    await open(state({ messages: [LIST] }));
    await tap("Ver pedidos");
    const dialog = chat.page.getByRole("dialog", { name: "Ver pedidos" });
    expect(await dialog.locator("legend").allInnerTexts()).toEqual(["En camino", "Entregados"]);
    expect(await dialog.getByRole("button", { name: "Enviar" }).isDisabled()).toBe(true);
    await dialog.getByRole("radio").first().focus();
    await chat.page.keyboard.press("Space");
    await chat.page.keyboard.press("ArrowDown");
    await chat.page.keyboard.press("Enter");
    await expect
      .poll(() => lastSent(stub))
      .toMatchObject({
        replyTo: LIST.waMessageId,
        message: { type: "list_reply", id: "o-1051", title: "Pedido 1051", description: "Medias Puna" },
      });
    await dialog.waitFor({ state: "detached" });
  });

  it("closes a list with Escape, sends nothing and gives the focus back", async () => {
    await open(state({ messages: [LIST] }));
    await tap("Ver pedidos");
    await chat.page.getByRole("dialog").waitFor();
    await chat.page.keyboard.press("Escape");
    await chat.page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focused()).toBe("Ver pedidos");
    expect(stub.requests).toEqual([]);
  });

  it("answers a location request with a place", async () => {
    await open(state({ messages: [LOCATION_REQUEST] }));
    await tap("Enviar ubicación");
    await chat.page.getByRole("dialog").getByRole("button", { name: "Parque Kennedy" }).click();
    expect(await focused()).toBe("Enviar ubicación");
    await expect
      .poll(() => lastSent(stub))
      .toMatchObject({
        replyTo: LOCATION_REQUEST.waMessageId,
        message: { type: "location", name: "Parque Kennedy", latitude: -12.12198 },
      });
  });

  it("fills a cart from the catalogue with the keyboard, and sends it", async () => {
    const base = state();
    const catalog = [
      { id: "poncho", name: "Poncho", price: 389, currency: "PEN" },
      { id: "socks", name: "Medias", price: 40, currency: "PEN" },
    ];
    await open({ ...base, company: { ...base.company, catalog } });
    await tap("Adjuntar");
    await chat.page.getByRole("menuitem", { name: "Carrito" }).click();
    const dialog = chat.page.getByRole("dialog", { name: "Enviar un carrito" });
    expect(await dialog.getByRole("button", { name: "Enviar" }).isDisabled()).toBe(true);
    await chat.page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Uno más: Medias" }).click({ clickCount: 3 });
    await dialog.getByRole("button", { name: "Uno menos: Medias" }).click();
    expect(await dialog.getByText("Total").innerText()).toContain("469.00");
    await dialog.getByRole("textbox", { name: "Nota" }).fill("para regalo");
    await chat.page.keyboard.press("Enter");
    await expect
      .poll(() => lastSent(stub).message)
      .toEqual({
        type: "order",
        items: [
          { id: "poncho", quantity: 1, price: 389, currency: "PEN" },
          { id: "socks", quantity: 2, price: 40, currency: "PEN" },
        ],
        text: "para regalo",
      });
    await dialog.waitFor({ state: "detached" });
  });

  it("offers no cart without a catalogue", async () => {
    await open(state());
    await tap("Adjuntar");
    await chat.page.getByRole("menuitem", { name: "Contacto" }).waitFor();
    expect(await chat.page.getByRole("menuitem", { name: "Carrito" }).count()).toBe(0);
  });

  it("shares the customer's own number, fills in a form, takes a template's quick reply", async () => {
    await open(everyKindState());
    await tap("Compartir mi número");
    await expect
      .poll(() => lastSent(stub).message)
      .toEqual({ type: "contact", name: "Ana", phone: "+51987654321" });
    await tap("Gracias");
    await expect
      .poll(() => lastSent(stub).message)
      .toEqual({ type: "button", payload: "ok", text: "Gracias" });
    await tap("Elegir talla");
    const dialog = chat.page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("no JSON");
    expect(await dialog.getByRole("button", { name: "Enviar" }).isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill('{"size":"S"}');
    await dialog.getByRole("button", { name: "Enviar" }).click();
    await expect.poll(() => lastSent(stub).message).toEqual({ type: "flow_reply", response: '{"size":"S"}' });
  });
});
