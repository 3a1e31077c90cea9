import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Chat, openChat, sidewaysScroll } from "./chat.ts";
import { launchChromium } from "./chromium.ts";
import { type DevServer, startDevServer } from "./dev.ts";

let dev: DevServer;
let browser: Browser;
let ana: Chat;

beforeAll(async () => {
  [dev, browser] = await Promise.all([startDevServer(), launchChromium()]);
  ana = await openChat(browser, dev.url);
});

afterAll(async () => {
  await browser?.close();
  await dev?.stop();
});

/** Opens a new window as another demo customer. */
async function openAs(name: string, locale: string): Promise<Chat> {
  const chat = await openChat(browser, dev.url, { locale });
  await chat.page.getByRole("button", { name }).click();
  return chat;
}

describe("a conversation in Spanish", () => {
  it("shows a notice about the offline model", async () => {
    await expect
      .poll(() => ana.page.locator(".notice").allInnerTexts())
      .toEqual([expect.stringContaining("OPENAI_API_KEY")]);
  });

  it("returns a greeting", async () => {
    expect(await ana.ask("¡Hola!")).toMatch(/Hola/);
  });

  it("answers a question about shipping from the knowledge base", async () => {
    expect(await ana.ask("¿Cuánto cuesta el envío?")).toMatch(/S\/\s?\d/);
  });

  it("shows what happened in that turn", async () => {
    const panel = ana.page.locator(".turn-panel");
    await panel.locator(".tool-call", { hasText: "knowledge" }).waitFor();
    await expect.poll(() => panel.locator(".intent-code").innerText()).toBe("product_question");
    const stages = panel.locator(".stage");
    const names = await stages.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-stage")));
    expect(names).toEqual(
      expect.arrayContaining(["verify", "admit", "receive", "classify", "respond", "draft", "send"]),
    );
    expect(await panel.locator(".target-verdict").allInnerTexts()).toEqual([
      expect.stringMatching(/[✓▲].*100\sms/su),
      expect.stringMatching(/[✓▲].*500\sms/su),
      expect.stringMatching(/[✓▲].*2\ss/su),
      expect.stringMatching(/[✓▲].*3\ss/su),
    ]);
    // Turns are traced only when a collector is configured.
    expect(await panel.locator(".trace").count()).toBe(0);
  });

  it("finds the customer's own order", async () => {
    expect(await ana.ask("¿Dónde está mi pedido 1042?")).toContain("1042");
    await ana.page.locator(".tool-call", { hasText: "orders" }).waitFor();
    await expect.poll(() => ana.page.locator(".intent-code").innerText()).toBe("order_status");
  });

  it("refuses another customer's order", async () => {
    expect(await ana.ask("¿Dónde está mi pedido 1077?")).not.toMatch(/camino|entregado|enviado|llega/i);
    await ana.page.locator(".tool-call", { hasText: "order not found" }).waitFor();
  });

  it("shows an earlier turn when its bubble is clicked", async () => {
    await ana.bot.first().click();
    await expect.poll(() => ana.page.locator(".intent-code").innerText()).toBe("greeting");
  });

  it("marks what the customer and the bot have read", async () => {
    await expect.poll(() => ana.page.locator(".ticks:not([data-status=read])").count()).toBe(0);
  });

  it("passes the conversation to an operator, pauses, and resumes", async () => {
    await ana.ask("quiero hablar con una persona");
    const state = ana.page.getByText("El bot está en pausa");
    await state.waitFor();
    const spoken = await ana.bot.count();
    await ana.page.getByRole("textbox", { name: "Mensaje" }).fill("¿hay alguien?");
    await ana.page.keyboard.press("Enter");
    await ana.page
      .locator(".bubble-customer", { hasText: "¿hay alguien?" })
      .locator("[data-status=delivered]")
      .waitFor();
    // A reply to another customer who writes later proves that the bot had time to reply here.
    const kate = await openAs("Kate", "en-US");
    expect(await kate.ask("Hi there!")).toMatch(/Hi|Hello/);
    await kate.close();
    // Outside opening hours the customer is told once when people are back.
    const told = await ana.bot.filter({ hasText: "Nuestro equipo atiende de nuevo" }).count();
    expect(await ana.bot.count()).toBe(spoken + told);

    await ana.page.getByRole("button", { name: "Agente", exact: true }).click();
    await ana.page.getByRole("textbox", { name: "Responder como agente" }).fill("Hola, soy Lucía.");
    await ana.page.keyboard.press("Enter");
    await ana.page.locator(".bubble-operator", { hasText: "Lucía" }).waitFor();

    await ana.page.getByRole("button", { name: "Devolver al bot" }).click();
    await state.waitFor({ state: "detached" });
    expect(await ana.ask("¡Hola!")).toMatch(/Hola/);
  });

  it("survives a reload and can be deleted", async () => {
    const spoken = await ana.bot.count();
    await ana.page.reload();
    await expect.poll(() => ana.bot.count()).toBe(spoken);
    await ana.page.getByRole("button", { name: "Borrar la conversación" }).click();
    await ana.page.getByRole("button", { name: "Borrar", exact: true }).click();
    await expect.poll(() => ana.bot.count()).toBe(0);
  });

  it("causes no browser errors", () => {
    expect(ana.complaints).toEqual([]);
  });
});

describe("other languages", () => {
  it("greets in English", async () => {
    const kate = await openAs("Kate", "en-US");
    expect(await kate.ask("Hello!")).toMatch(/Hi|Hello/);
    await kate.close();
  });

  it("greets in Portuguese, on a small screen", async () => {
    const joao = await openChat(browser, dev.url, { locale: "pt-BR", viewport: { width: 360, height: 740 } });
    await joao.page.getByRole("button", { name: "João" }).click();
    expect(await joao.ask("Oi, bom dia!")).toMatch(/Olá|Oi/);
    expect(await sidewaysScroll(joao.page)).toBeLessThanOrEqual(0);
    await joao.page.getByRole("button", { name: "Detalhes", exact: true }).click();
    await joao.page.locator(".stage").first().waitFor();
    expect(await sidewaysScroll(joao.page)).toBeLessThanOrEqual(0);
    await joao.close();
  });
});
