import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "../console/console.ts";

let app: Console;
beforeAll(async () => {
  app = await startConsole({ env: { REPLY_TIMEOUT_MS: "30000", INTENT_TIMEOUT_MS: "30000" } });
});
afterAll(() => app?.close());
afterEach(() => app.world.model.setFault(null));

const says = (content: string, stream = {}) =>
  app.world.model.setFault(({ kind }) => (kind === "classify" ? null : { content, stream }));

const box = (page: Page) => page.getByLabel("Message of the customer");
const draft = (page: Page) => page.locator(".trial-draft");
const bubbles = (page: Page) => page.locator(".bubble-bot");

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press("Enter");
}

it("shows words as they are written, then the bubbles that WhatsApp would show, and what they cost", async () => {
  const page = await app.open("agent", "/playground", { name: "alma" });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await box(page).waitFor();
  // Each state of the frame in which words are written.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const text = document.querySelector(".trial-draft p")?.textContent ?? "";
      if (text !== "" && seen.at(-1) !== text) seen.push(text);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  says("Sí, tenemos **ponchos** de alpaca en rojo y gris. ¿Cuál te gusta más?", { pauseMs: 20 });
  await write(page, "¿tienen ponchos?");
  await draft(page).waitFor();
  // A screen reader hears that an answer comes, and none of its words.
  expect(await page.locator(".talk [role=status]").innerText()).toBe("The bot is answering.");
  expect(
    await draft(page).evaluate((frame) => frame.closest("[aria-live], [role=log], [role=status]")),
  ).toBeNull();
  await bubbles(page).waitFor();
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.length).toBeGreaterThan(4);
  for (const [place, text] of seen.slice(1).entries()) expect(text.startsWith(seen[place] ?? "")).toBe(true);
  expect(await bubbles(page).locator("strong, b").first().innerText()).toBe("ponchos");
  expect(await page.locator(".talk [role=status]").innerText()).toContain(
    "The bot answers: Sí, tenemos ponchos",
  );
  const facts = await page.locator(".trial-facts").innerText();
  expect(facts).toMatch(/1 message billed/);
  expect(facts).toMatch(/\$0\.0\d+ for the model/);
  // The customer's next words are written without a click.
  expect(await box(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByText("How it came about").click();
  await page.getByText("Product question (product_question)").waitFor();
  expect(app.world.graph.sent).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it("shows tools with what went in and came out, plays a handoff, and takes taps", async () => {
  const page = await app.open("agent", "/playground", { name: "tom" });
  await page.getByLabel("Verified phone").fill("+51 987 654 321");
  await write(page, "¿dónde está mi pedido?");
  await page.getByText(/in all/).waitFor();
  const tool = page.locator(".tool-call").first();
  await tool.locator("summary").click();
  expect(await tool.innerText()).toMatch(/lookup[\s\S]*done[\s\S]*"source": "orders"/);
  await bubbles(page).getByRole("button").click();
  await page.locator(".list-rows button").first().click();
  await page.locator(".bubble-customer").nth(1).waitFor();
  await page
    .getByText(/in all/)
    .nth(1)
    .waitFor();
  await write(page, "quiero hablar con una persona");
  await page.getByText("Simulated: the conversation would be passed to a person.").waitFor();
  const [{ open } = { open: -1 }] = await app.world.sql<{
    open: number;
  }>`select count(*)::int as open from handoffs`;
  expect(open).toBe(0);
  await page.context().close();
});

it("compares two models on one question, and goes on from the one that is chosen", async () => {
  const page = await app.open("agent", "/playground", { name: "cora" });
  await page.getByRole("button", { name: "Compare two answers" }).click();
  await page.getByRole("group", { name: "Answer B" }).getByLabel("Model").selectOption("gpt-6-luna");
  app.world.model.setFault(({ kind, model }) =>
    kind === "classify" ? null : { content: model === "gpt-6-luna" ? "Soy luna." : "Soy omni." },
  );
  await write(page, "¿tienen ponchos?");
  await page.getByRole("region", { name: "Answer A" }).getByText("Soy omni.").waitFor();
  const other = page.getByRole("region", { name: "Answer B" });
  await other.getByText("Soy luna.").waitFor();
  await other.getByRole("button", { name: "Go on from this answer" }).click();
  app.world.model.requests.length = 0;
  await write(page, "¿y gorros?");
  await page
    .getByText(/in all/)
    .nth(3)
    .waitFor();
  const said = JSON.stringify(app.world.model.requests.filter(({ kind }) => kind !== "classify"));
  expect(said).toContain("Soy luna.");
  expect(said).not.toContain("Soy omni.");
  await page.context().close();
});

it("stops an answer, says in words what failed, and loses nothing that was typed", async () => {
  const page = await app.open("agent", "/playground", { name: "sol" });
  says("Uno. Dos. Tres. ".repeat(100), { pauseMs: 20 });
  await write(page, "¿tienen ponchos?");
  await draft(page).waitFor();
  await box(page).fill("mientras tanto");
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText(/^Stopped\./).waitFor();
  // Stopping is not sending.
  expect(await page.locator(".exchange").count()).toBe(1);
  app.world.model.setFault(() => ({ status: 401 }));
  await page.getByRole("button", { name: "Ask again" }).click();
  await page
    .getByText(/Check OPENAI_API_KEY/)
    .first()
    .waitFor();
  await page.locator(".trial-facts").waitFor();
  // The connection is away.
  app.world.model.setFault(null);
  await page.context().setOffline(true);
  await box(page).press("Enter");
  await page
    .getByRole("alert")
    .getByText(/No connection/)
    .waitFor();
  await box(page).fill("lo que sigue");
  await page.context().setOffline(false);
  await page.getByRole("alert").getByRole("button", { name: "Ask again" }).click();
  await page.getByText("mientras tanto", { exact: true }).waitFor();
  await page.locator(".exchange").nth(1).locator(".bubble-bot").first().waitFor();
  expect(await box(page).inputValue()).toBe("lo que sigue");
  await page.context().close();
});

it("shows hostile words as words, and what the checks took away", async () => {
  const page = await app.open("agent", "/playground", { name: "hugo" });
  says('Hola <img src=x onerror="window.hacked=1">. Paga aquí: https://evil.example/pay. Gracias.');
  await write(page, "¿tienen ponchos?");
  await page.getByText(/The checks changed what the model wrote/).waitFor();
  expect(await bubbles(page).innerText()).not.toContain("evil.example");
  await page.getByText("What the model wrote", { exact: true }).click();
  await page.getByText("https://evil.example/pay").waitFor();
  expect(await page.evaluate(() => "hacked" in window || document.querySelector("img[src=x]") !== null)).toBe(
    false,
  );
  await page.context().close();
});

it("asks a real turn once more", async () => {
  const customer = app.world.customer("51977000009", "Eva");
  await customer.send("¿tienen ponchos?");
  await app.world.drain();
  const [turn] = await app.world.sql<{ id: string }>`select id from turns order by started_at desc limit 1`;
  const page = await app.open("agent", `/playground?turn=${turn?.id}`, { name: "rita" });
  await page.getByText("What the bot answered then").waitFor();
  await page.locator(".bubble-customer").getByText("¿tienen ponchos?").waitFor();
  expect(await page.getByLabel("Verified phone").count()).toBe(0);
  says("Otra vez: sí.");
  await page.getByRole("button", { name: "Answer once more" }).click();
  await page.getByText("Otra vez: sí.").first().waitFor();
  expect(await page.content()).not.toContain(customer.phone);
  await page.context().close();
});

it("is nothing for viewers", async () => {
  const page = await app.open("viewer", "/playground", { name: "vera" });
  await page.getByText(/Your role does not allow this/).waitFor();
  expect(await page.getByRole("navigation").getByRole("link", { name: "Playground" }).count()).toBe(0);
  await page.context().close();
});

it.each(["es-PE", "en-US", "pt-BR"])(
  "is accessible in both themes, on a desk and at 360 px (%s)",
  async (locale) => {
    const page = await app.open("agent", "/playground", {
      ...{ name: `look-${locale.toLowerCase()}`, locale, viewport: { width: 1280, height: 800 } },
    });
    await page.locator(".page-actions button").first().click();
    await page.locator(".trial-box textarea").fill("quiero hablar con una persona");
    await page.keyboard.press("Enter");
    await page.locator(".trial-facts").nth(1).waitFor();
    await page.locator(".trial-details summary").first().click();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await axeInThemes(page, { seenInAnotherLanguage: locale !== "es-PE" }), `${width}`).toEqual([]);
      expect(await sidewaysScroll(page), `${width}`).toEqual(0);
    }
    await page.context().close();
  },
);
