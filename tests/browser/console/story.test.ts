/** A handoff from the customer's question for a person to their rating, in two windows: the phone of the simulator and the console. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OfflineModel, startOfflineModel } from "../../../fakes/model/server.ts";
import { RATING_TEXTS } from "../../../lib/language/rating.ts";
import { gate } from "../../support/gate.ts";
import { type Chat, openChat } from "../chat.ts";
import { launchChromium } from "../chromium.ts";
import { type DevServer, startDevServer } from "../dev.ts";

const NOTE = "Se aprobó cambiar el poncho roto; lo recogen el lunes.";
const DRAFT = ["¡Hola, Ana! Lamento mucho lo del poncho.", "Mándame una foto, por favor."] as const;

let model: OfflineModel;
let dev: DevServer;
let browser: Browser;
let phone: Chat;
let agent: Page;
const problems: string[] = [];

beforeAll(async () => {
  model = await startOfflineModel();
  [dev, browser] = await Promise.all([startDevServer({ OPENAI_BASE_URL: model.url }), launchChromium()]);
  phone = await openChat(browser, dev.url);
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1440, height: 900 } });
  agent = await context.newPage();
  agent.on("pageerror", (error) => problems.push(error.message));
  agent.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} ${message.location().url}`);
  });
  await agent.goto(dev.ownerUrl);
  await agent.getByRole("link", { name: /^Waiting/ }).click();
  await agent.locator("[data-state=live]").waitFor({ state: "attached" });
});

afterAll(async () => {
  await browser?.close();
  await dev?.stop();
  await model?.close();
});

const box = () => agent.locator(".write-box");
const row = () =>
  agent.locator(".rows .row").filter({ has: agent.locator(".row-name", { hasText: /^Ana$/ }) });
const inThread = (words: string) => agent.locator(".thread .bubble", { hasText: words });
const onPhone = (words: string): Locator => phone.page.locator(".thread .bubble", { hasText: words });

/** Authors of the bubbles on the customer's phone, in order. */
const spoke = async () =>
  (await phone.page.locator(".thread .bubble:not(.bubble-typing)").all()).reduce<Promise<string[]>>(
    async (all, one) => [
      ...(await all),
      /bubble-(customer|bot|operator|system)/.exec((await one.getAttribute("class")) ?? "")?.[1] ?? "?",
    ],
    Promise.resolve([]),
  );

async function customerWrites(words: string): Promise<void> {
  const field = phone.page.locator(".composer textarea");
  await field.fill(words);
  await field.press("Enter");
  await onPhone(words).waitFor();
}

async function press(key: string): Promise<void> {
  await agent.locator("#conversation-name").focus();
  await agent.keyboard.press(key);
}

/** Everything that the model was sent from `since` on, as text. */
const told = (since: number): string =>
  model.requests
    .slice(since)
    .flatMap(({ messages }) => messages.map(({ text }) => text))
    .join("\n");

it("goes from a person's question to their rating", async () => {
  // A customer asks for a person: the conversation waits in the inbox, its summary pinned.
  await phone.ask("Mi poncho llegó roto, quiero hablar con una persona");
  await row().locator(".waits").waitFor();
  await row().locator("a").click();
  await agent.locator(".pinned-text").waitFor();
  expect(await agent.locator(".pinned-text").innerText()).toContain("poncho");
  expect(await agent.locator(".pinned summary").innerText()).toContain("Asked for a person");

  // Taken, the bot is silent: it neither answers nor asks a model.
  await press("t");
  await agent.locator("[data-act=giveBack][data-first]").waitFor();
  await expect.poll(() => row().count()).toBe(0);
  const asked = model.requests.length;
  const spoken = (await spoke()).length;
  await customerWrites("¿Hay alguien ahí?");
  await inThread("¿Hay alguien ahí?").waitFor();
  expect(model.requests.slice(asked)).toEqual([]);

  // A draft comes a sentence at a time.
  const photo = gate();
  const hold = (event: string) => (event.includes("foto") ? photo.promise : null);
  model.setFault(({ stream }) => (stream ? { content: DRAFT.join(" "), stream: { hold } } : null));
  await agent.keyboard.press("Control+j");
  await agent.locator(".suggestion-bar[data-state=streaming]").waitFor();
  await expect.poll(() => box().inputValue(), { timeout: 10_000 }).toBe(DRAFT[0]);
  expect(await agent.locator(".suggestion-bar").getAttribute("data-state")).toBe("streaming");
  photo.open();
  await agent.locator(".suggestion-bar[data-state=done]").waitFor();
  expect(await box().inputValue()).toBe(DRAFT.join(" "));
  expect(await agent.locator(".suggestion-bar").innerText()).toMatch(/Cost \$0\.\d/);
  model.setFault(null);
  expect(await onPhone("Lamento mucho").count()).toBe(0);

  // Changed and sent, it reaches the phone as the operator's.
  await box().press("End");
  await box().pressSequentially(" Soy de Tambo.");
  await box().press("Enter");
  await onPhone("Soy de Tambo.").waitFor();
  await inThread("Soy de Tambo.").locator(".ticks[data-status=read]").waitFor();
  expect((await spoke()).slice(spoken)).toEqual(["customer", "operator"]);

  // Given back with a note, the bot answers again, and knows it.
  await press("b");
  await agent.getByLabel("Note for the bot (optional)").fill(NOTE);
  await agent.getByRole("dialog").getByRole("button", { name: "Give back" }).click();
  await agent.locator(".pinned-note", { hasText: NOTE }).waitFor();
  await agent.locator(".lock-bar[data-lock=bot]").waitFor();
  expect(told(0)).not.toContain(NOTE);
  const before = model.requests.length;
  await phone.ask("Gracias. ¿Cuánto cuesta el envío a Cusco?");
  expect(told(before)).toContain(`【note from a colleague: ${NOTE}】`);
  expect(await agent.locator(".thread .bubble-bot").last().innerText()).not.toContain(NOTE);

  // Closed, the customer is asked for a rating by a list in the chat, and gives one.
  await press("e");
  const { question, button, scores, why, thanks } = RATING_TEXTS.es;
  await onPhone(question).getByRole("button", { name: button }).click();
  const rows = phone.page.locator(".sheet-row");
  expect(await rows.locator("b").allInnerTexts()).toEqual(scores.map((name, at) => `${5 - at} · ${name}`));
  await rows.filter({ hasText: scores[1] }).getByRole("radio").check();
  await phone.page.locator(".sheet-buttons .primary").click();
  await onPhone(why).waitFor();
  await customerWrites("Luego me atendieron rápido");
  await onPhone(thanks).waitFor();

  // The console shows it, beside the conversation and on the page of ratings.
  await agent.locator(".customer-panel", { hasText: "4 of 5" }).waitFor();
  await agent.locator(".customer-panel", { hasText: "Luego me atendieron rápido" }).waitFor();
  await agent.getByRole("link", { name: "Ratings" }).click();
  const served = agent.locator("section", { hasText: "By who served" });
  await served.getByRole("row", { name: /Bot and people/ }).waitFor();

  // One press removes the made-up conversations, and nothing else.
  await agent.goBack();
  await agent.getByRole("link", { name: /^All/ }).click();
  await expect.poll(() => agent.locator(".rows .row").count()).toBeGreaterThan(5);
  await agent.getByRole("button", { name: "Remove demo data" }).click();
  await agent.locator(".demo-banner").waitFor({ state: "detached" });
  await expect.poll(() => agent.locator(".rows .row-name").allInnerTexts()).toEqual(["Ana"]);
  expect(phone.complaints).toEqual([]);
  expect(problems).toEqual([]);
});
