import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SimState } from "../../contracts/simulator.ts";
import { preparePages } from "../../fakes/pages.ts";
import { type Chat, openChat } from "./chat.ts";
import { launchChromium } from "./chromium.ts";
import { message, state } from "./samples.ts";
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
const bubble = (text: string) => chat.page.locator(".bubble", { hasText: text });

describe("reactions and replies", () => {
  it("reacts and removes the reaction with the keyboard alone", async () => {
    const hola = message({ text: "Hola" });
    await open(state({ messages: [hola] }));
    const more = chat.page.getByRole("button", { name: /Reaccionar o responder/ });
    await more.focus();
    await chat.page.keyboard.press("Enter");
    await chat.page.keyboard.press("ArrowRight");
    await chat.page.keyboard.press("Enter");
    const reaction = { type: "reaction", waMessageId: hola.waMessageId, emoji: "❤️" };
    await expect.poll(() => lastSent(stub).message).toEqual(reaction);
    stub.emit(
      "message",
      message({
        direction: "in",
        text: null,
        type: "reaction",
        waMessageId: "wamid.1",
        content: { kind: "reaction", waMessageId: hola.waMessageId ?? "", emoji: "❤️" },
      }),
    );
    await chat.page.locator(".reactions").waitFor();
    expect(await chat.page.evaluate(() => document.activeElement?.className)).toBe("bubble-more");
    await chat.page.keyboard.press("Enter");
    await chat.page.getByRole("menuitemcheckbox", { checked: true }).press("Enter");
    await expect.poll(() => lastSent(stub).message).toEqual({ ...reaction, emoji: "" });
  });

  it("quotes a message after a right click and cancels with Escape", async () => {
    const hola = message({ text: "¿Cuál prefieres?" });
    await open(state({ messages: [hola] }));
    const quote = async () => {
      await bubble("¿Cuál prefieres?").click({ button: "right" });
      await chat.page.getByRole("menuitem", { name: "Responder" }).click();
      await chat.page.locator(".reply-bar", { hasText: "¿Cuál prefieres?" }).waitFor();
    };
    await quote();
    await chat.page.keyboard.press("Escape");
    await chat.page.locator(".reply-bar").waitFor({ state: "detached" });
    await quote();
    await chat.page.keyboard.type("la roja");
    await chat.page.keyboard.press("Enter");
    await expect
      .poll(() => lastSent(stub))
      .toMatchObject({
        replyTo: hola.waMessageId,
        message: { type: "text", text: "la roja" },
      });
    expect(await chat.page.locator(".reply-bar").count()).toBe(0);
  });

  it("opens the menu after a long press", async () => {
    await open(state({ messages: [message({ text: "Hola" })] }), { hasTouch: true, isMobile: true });
    await bubble("Hola").dispatchEvent("pointerdown", { pointerType: "touch", bubbles: true });
    await chat.page.getByRole("menu").waitFor();
    await bubble("Hola").dispatchEvent("pointerup", { pointerType: "touch", bubbles: true });
    expect(await chat.page.getByRole("menu").count()).toBe(1);
  });
});

describe("files", () => {
  const pick = (name: string, mimeType: string, bytes: number) =>
    chat.page
      .locator(".composer input[type=file]")
      .setInputFiles({ name, mimeType, buffer: Buffer.alloc(bytes, 1) });
  const choose = async (item: string) => {
    const chooser = chat.page.waitForEvent("filechooser");
    await chat.page.getByRole("button", { name: "Adjuntar" }).click();
    await chat.page.getByRole("menuitem", { name: item, exact: true }).click();
    await chooser;
  };

  it("sends a photo with its caption", async () => {
    await open(state());
    await choose("Foto o video");
    await pick("poncho.png", "image/png", 100);
    await chat.page.getByRole("textbox", { name: "Pie de foto o archivo" }).fill("¿Tienen este?");
    await chat.page.keyboard.press("Enter");
    await expect
      .poll(() => lastSent(stub).message)
      .toEqual({
        type: "image",
        mediaId: "media.1",
        caption: "¿Tienen este?",
      });
    expect(stub.requests[0]?.body).toEqual({ type: "image", filename: "poncho.png" });
  });

  it.each([
    ["Mensaje de voz", "hola.ogg", "audio/ogg", { type: "voice", mediaId: "media.1" }],
    ["Mensaje de voz", "hola.mp3", "audio/mpeg", { type: "audio", mediaId: "media.1" }],
    ["Mensaje de voz", "hola.m4a", "audio/x-m4a", { type: "audio", mediaId: "media.1" }],
    ["Documento", "hola.csv", "text/csv", { type: "document", mediaId: "media.1", caption: "" }],
  ])("sends as %s the file %s", async (item, name, mimeType, sent) => {
    await open(state());
    await choose(item);
    await pick(name, mimeType, 100);
    if (sent.type === "document")
      await chat.page.getByRole("dialog").getByRole("button", { name: "Enviar" }).click();
    await expect.poll(() => lastSent(stub).message).toEqual(sent);
  });

  it.each([
    [
      "es-PE",
      "Foto o video",
      "Adjuntar",
      /Foto: este archivo ocupa 5,?\.?01 MB\. WhatsApp acepta hasta 5 MB/,
    ],
    ["en-US", "Photo or video", "Attach", /Photo: this file is 5\.01 MB\. WhatsApp accepts up to 5 MB/],
  ])(
    "rejects a photo that WhatsApp would not accept, in %s, before it is uploaded",
    async (locale, item, button, words) => {
      await open(state(), { locale });
      const chooser = chat.page.waitForEvent("filechooser");
      await chat.page.getByRole("button", { name: button }).click();
      await chat.page.getByRole("menuitem", { name: item, exact: true }).click();
      await chooser;
      await pick("grande.jpg", "image/jpeg", 5.01 * 1024 * 1024);
      await expect.poll(() => chat.page.getByRole("alert").innerText()).toMatch(words);
      expect(stub.requests).toEqual([]);
    },
  );

  it("accepts a pasted image", async () => {
    await open(state());
    await chat.page.locator(".composer textarea").evaluate((box) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array([1])], "pegada.png", { type: "image/png" }));
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await chat.page.getByRole("dialog").waitFor();
    expect(stub.requests[0]?.body).toEqual({ type: "image", filename: "pegada.png" });
  });
});

describe("the attach menu", () => {
  it("works with the keyboard alone", async () => {
    await open(state());
    await chat.page.getByRole("button", { name: "Adjuntar" }).focus();
    await chat.page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Foto o video");
    await chat.page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("Encuesta");
    await chat.page.keyboard.press("Home");
    expect(await focused()).toBe("Foto o video");
    await chat.page.keyboard.press("Escape");
    await chat.page.getByRole("menu").waitFor({ state: "detached" });
    expect(await chat.page.evaluate(() => document.activeElement?.className)).toBe("composer-attach");
    await chat.page.keyboard.press("Enter");
    await chat.page.keyboard.press("End");
    await chat.page.keyboard.press("Enter");
    await expect.poll(() => lastSent(stub).message).toEqual({ type: "unsupported" });
  });
});
