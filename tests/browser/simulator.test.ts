import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SimState } from "../../contracts/simulator.ts";
import { preparePages } from "../../fakes/pages.ts";
import { type Chat, expectNamedControls, openChat, sidewaysScroll } from "./chat.ts";
import { launchChromium } from "./chromium.ts";
import { busyState, handedOverState, message, state, turn } from "./samples.ts";
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

/** Presses Tab until the focus is on `selector`. */
async function tabTo(selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await chat.page.keyboard.press("Tab");
    if (await chat.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`the Tab key never reaches ${selector}`);
}

describe("the conversation", () => {
  it("shows messages as text, never as markup", async () => {
    const hostile = '<img src=x onerror="alert(1)"> <b>hola</b> javascript:alert(1)';
    await open(
      state({ messages: [message({ text: hostile }), message({ direction: "in", text: hostile })] }),
    );
    await expect.poll(() => chat.page.locator(".formatted").allInnerTexts()).toEqual([hostile, hostile]);
    expect(await chat.page.locator(".thread img, .thread a, .thread b").count()).toBe(0);
  });

  it("renders WhatsApp's formatting and opens links in a new tab without a referrer", async () => {
    await open(busyState());
    const link = chat.page.locator(".thread a");
    await link.waitFor();
    expect(await link.getAttribute("href")).toBe("https://tambo.example/envios");
    expect(await link.getAttribute("rel")).toContain("noopener noreferrer");
    expect(await chat.page.locator(".formatted s").innerText()).toBe("martes");
    expect(await chat.page.locator(".bubble-quote").innerText()).toContain(
      "¿Cuánto cuesta el envío a Cusco?",
    );
  });

  it("shows that the bot is typing until its message arrives", async () => {
    await open(state());
    stub.emit("typing", { waMessageId: "wamid.1", untilMs: Date.now() + 600_000 });
    await chat.page.getByText("escribiendo…").waitFor();
    stub.emit("message", message({ text: "¡Hola!" }));
    await chat.page.getByText("en línea").waitFor();
    expect(await chat.bot.count()).toBe(1);
  });

  it("keeps the newest message in view as the conversation grows", async () => {
    await open(busyState());
    for (let count = 0; count < 5; count += 1) {
      stub.emit("typing", { waMessageId: "wamid.1", untilMs: Date.now() + 600_000 });
      await chat.page.locator(".bubble-typing").waitFor();
      stub.emit("message", message({ text: `línea\n${count}` }));
      await chat.page.locator(".bubble-typing").waitFor({ state: "detached" });
    }
    const hidden = await chat.page.evaluate(() => {
      const bottom = (selector: string) =>
        [...document.querySelectorAll(selector)].at(-1)?.getBoundingClientRect().bottom ?? Number.NaN;
      return bottom(".bubble") - bottom(".thread");
    });
    expect(hidden).toBeLessThan(0);
  });
});

describe("the keyboard", () => {
  it("can write, break a line, send and open a turn", async () => {
    await open(busyState());
    await tabTo(".composer textarea");
    await chat.page.keyboard.type("uno");
    await chat.page.keyboard.press("Shift+Enter");
    await chat.page.keyboard.type("dos");
    await chat.page.keyboard.press("Enter");
    await expect.poll(() => lastSent(stub).message).toEqual({ type: "text", text: "uno\ndos" });
    expect(await chat.page.locator(".composer textarea").inputValue()).toBe("");
    await chat.page.reload();
    await tabTo(".bubble-turn");
    await chat.page.keyboard.press("Enter");
    await expect.poll(() => chat.page.locator(".intent-code").innerText()).toBe("product_question");
  });

  it("has a visible focus", async () => {
    await open(state());
    await tabTo(".customer");
    expect(
      await chat.page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle),
    ).toBe("solid");
  });
});

describe("when something goes wrong", () => {
  it.each([
    [
      { status: 202, body: { waMessageId: "w", httpStatus: 503, ackMs: 3 } },
      /no pudo guardar el mensaje \(503\)/,
    ],
    [{ status: 202, body: { waMessageId: "w", httpStatus: 401, ackMs: 3 } }, /WHATSAPP_APP_SECRET/],
    [{ status: 202, body: { waMessageId: "w", httpStatus: 418, ackMs: 3 } }, /respondió 418/],
    [{ status: 400, body: { error: { code: "too_long", message: "Too long." } } }, /Too long\./],
    [{ status: 500, body: {} }, /El motivo está en su terminal/],
  ])("explains %j and offers to send the message again", async (answer, explanation) => {
    await open(state());
    stub.failNextSend(answer);
    await chat.page.getByRole("textbox").fill("hola");
    await chat.page.keyboard.press("Enter");
    await expect.poll(() => chat.page.getByRole("alert").innerText()).toMatch(explanation);
    await chat.page.getByRole("button", { name: "Reintentar" }).click();
    await chat.page.getByRole("alert").waitFor({ state: "detached" });
    expect(stub.requests).toHaveLength(2);
    expect(await chat.page.locator(".bubble-customer").count()).toBe(1);
  });

  it("reports a lost connection and catches up after it", async () => {
    await open(state());
    await chat.page.locator(".thread-empty").waitFor();
    const { port } = stub;
    await stub.close();
    const lost = chat.page.getByText("Se perdió la conexión");
    await lost.waitFor();
    stub = await startStub(directory, state({ messages: [message({ text: "mientras tanto" })] }), port);
    await lost.waitFor({ state: "detached", timeout: 30_000 });
    await chat.page.locator(".bubble", { hasText: "mientras tanto" }).waitFor();
  });
});

describe("the turn", () => {
  it("marks missed targets by words and signs, not by colour alone", async () => {
    await open(busyState());
    const verdicts = chat.page.locator(".target-verdict b");
    await expect
      .poll(() => verdicts.allInnerTexts())
      .toEqual([
        expect.stringMatching(/^▲ 31\sms de más$/),
        expect.stringMatching(/^▲ 6\sms de más$/),
        expect.stringMatching(/^▲ 1.31\ss de más$/),
        expect.stringMatching(/^▲ 1.38\ss de más$/),
      ]);
    expect(await chat.page.locator(".ladder [aria-current]").innerText()).toBe(
      "Disculpa y oferta de una persona",
    );
  });

  it("shows the newest until another is selected", async () => {
    await open(busyState());
    stub.emit("turn", turn({ intent: "greeting" }));
    await expect.poll(() => chat.page.locator(".intent-code").innerText()).toBe("greeting");
    await chat.page.locator(".turn-strip button").nth(1).click();
    await expect.poll(() => chat.page.locator(".intent-code").innerText()).toBe("order_status");
    stub.emit("turn", turn({ intent: "complaint" }));
    await expect.poll(() => chat.page.locator(".turn-strip button").count()).toBe(5);
    expect(await chat.page.locator(".intent-code").innerText()).toBe("order_status");
  });
});

describe("an operator", () => {
  it("has a banner, writes to the customer, and hands back", async () => {
    await open(handedOverState());
    await chat.page.getByText("La cliente pide hablar con una persona").waitFor();
    await chat.page.getByRole("button", { name: "Agente", exact: true }).click();
    await chat.page.getByRole("textbox", { name: "Responder como agente" }).fill("Ya lo veo");
    await chat.page.keyboard.press("Enter");
    await chat.page.getByRole("button", { name: "Devolver al bot" }).click();
    await expect
      .poll(() => stub.requests)
      .toEqual([
        { path: "/_local/operator", body: { phone: "51987654321", text: "Ya lo veo" } },
        { path: "/_local/handback", body: { phone: "51987654321" } },
      ]);
    stub.emit("conversation", { status: "bot", handoff: null });
    await chat.page.locator(".handoff").waitFor({ state: "detached" });
  });
});

describe("customers", () => {
  it("accepts any phone number and rejects everything else", async () => {
    await open(state());
    await chat.page.getByRole("button", { name: "Otro número" }).click();
    await chat.page.getByLabel("Número de WhatsApp").fill("12");
    await chat.page.keyboard.press("Enter");
    await expect.poll(() => chat.page.getByRole("alert").innerText()).toMatch(/de 7 a 15 cifras/);
    await chat.page.getByLabel("Número de WhatsApp").fill("+34 600 11 22 33");
    await chat.page.getByLabel("Nombre").fill("Iñaki");
    await chat.page.keyboard.press("Enter");
    await chat.page.getByRole("button", { name: "Iñaki" }).waitFor();
    await chat.page.getByRole("textbox", { name: "Mensaje" }).fill("hola");
    await chat.page.keyboard.press("Enter");
    await expect
      .poll(() => lastSent(stub))
      .toEqual({ phone: "34600112233", name: "Iñaki", message: { type: "text", text: "hola" } });
  });
});

describe.each(["es-PE", "en-US", "pt-BR"])("in %s", (locale) => {
  it.each([
    ["light", 360],
    ["dark", 360],
    ["light", 820],
    ["dark", 1360],
  ] as const)("fits, in %s at %i px, with everything named", async (colorScheme, width) => {
    await open(handedOverState(), { locale, colorScheme, viewport: { width, height: 740 } });
    await chat.page.locator(".bubble").first().waitFor();
    expect(await chat.page.evaluate(() => document.documentElement.lang)).toBe(locale.slice(0, 2));
    expect(await sidewaysScroll(chat.page)).toBeLessThanOrEqual(0);
    await expectNamedControls(chat.page);
    if (width < 960) await chat.page.locator(".tabs button").nth(1).click();
    await chat.page.locator(".stage").first().waitFor();
    expect(await sidewaysScroll(chat.page)).toBeLessThanOrEqual(0);
    await expectNamedControls(chat.page);
    expect(chat.complaints).toEqual([]);
  });
});

it("remembers language and theme", async () => {
  await open(state());
  await chat.page.getByRole("button", { name: "Português" }).click();
  await chat.page.getByRole("button", { name: "Cores: Automático" }).click();
  await chat.page.reload();
  await chat.page.getByRole("button", { name: "Cores: Claro" }).waitFor();
  expect(await chat.page.evaluate(() => document.documentElement.dataset.theme)).toBe("light");
});
