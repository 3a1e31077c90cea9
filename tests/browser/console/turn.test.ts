import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;
let turn: { id: string; conversation: string };
let recalled: string;
const SAID = "¿dónde está mi pedido?";
const PHONE = { width: 360, height: 740 };

beforeAll(async () => {
  const patient = { REPLY_TIMEOUT_MS: "30000", INTENT_TIMEOUT_MS: "30000", CACHE_TIMEOUT_MS: "5000" };
  // The model asks for what it needs, so that the page has calls of tools to show.
  app = await startConsole({ env: { ...patient, ANSWER_CACHE: "on", REPLY_OVERLAP: "off" } });
  for (const phone of ["51931008801", "51931008802"]) {
    await app.world.customer(phone).send("¿Cuánto cuesta el envío a Arequipa?");
    await app.world.drain();
  }
  const [kept] = await app.world.sql<{ id: string }>`select id from turns where decided_by = 'cache'`;
  recalled = kept?.id ?? "";
  // The first model of the ladder fails: what went wrong is on the page too.
  app.world.model.setFault(({ kind, model }) =>
    kind !== "classify" && model === "gpt-4o" ? { status: 500 } : null,
  );
  await app.world.customer("51931008888").send(SAID);
  await app.world.drain();
  const [row] = await app.world.sql<{ id: string; conversation: string }>`
    update turns set stages_ms = stages_ms || '{"classify": 840}' where intent = 'order_status' returning id, conversation_id as conversation`;
  turn = row ?? { id: "", conversation: "" };
});
afterAll(() => app?.close());

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const region = (page: Page, name: string) => page.locator("section", { hasText: name });

it("leads by keyboard from a bubble to its turn, and from there to the playground", async () => {
  const page = await app.open("agent", `/inbox/all/${turn.conversation}`, { name: "alma" });
  await page.locator(".turn-line summary").first().press("Enter");
  await page.getByRole("link", { name: "All of this turn" }).press("Enter");
  await page.waitForURL(`**/turns/${turn.id}`);
  await page.getByRole("heading", { level: 1, name: "A turn, seen through" }).waitFor();
  // Against the targets: the intent took longer than its own.
  const stage = page.locator('.stage[data-stage="classify"]');
  expect(await stage.innerText()).toMatch(/target 500\sms[\s\S]*▲ 840\sms/);
  expect(await stage.getAttribute("data-over")).toBe("true");
  expect(await page.locator('.stage[data-stage="respond"]').innerText()).toMatch(/target 2/);
  await page.getByText("Writing the reply: the service failed (500)").waitFor();
  await page.getByText("classified by the model").waitFor();
  const exchanges = region(page, "What the models were sent and said");
  const calls = exchanges.locator(".exchange-seen > summary");
  expect(await calls.count()).toBe(4);
  await calls.first().press("Enter");
  await exchanges.locator(".saying-words", { hasText: SAID }).first().waitFor();
  await exchanges
    .getByText(/^System prompt/)
    .first()
    .press("Enter");
  await exchanges.getByText("You sort the messages").waitFor();
  expect(await calls.nth(1).innerText()).toContain("the service failed (500)");
  await page.getByRole("link", { name: "Replay in the playground" }).press("Enter");
  await page.waitForURL(`**/playground?turn=${turn.id}`);
  await page.getByRole("link", { name: "All of this turn" }).waitFor();
  await page.context().close();
});

it("shows a viewer roles, lengths and names of tools, no word, and no replay", async () => {
  const page = await app.open("viewer", `/turns/${turn.id}`, { name: "vera" });
  const exchanges = region(page, "What the models were sent and said");
  await exchanges.getByText(/Viewers see roles/).waitFor();
  for (const call of await exchanges.locator(".exchange-seen > summary").all()) await call.click();
  await exchanges.getByText("lookup returns").waitFor();
  await exchanges.getByText(`${SAID.length} characters`).first().waitFor();
  const text = await page.locator("main").innerText();
  expect(text).not.toMatch(/pedido|You sort|"source"/);
  expect(await page.getByRole("link", { name: "Replay in the playground" }).count()).toBe(0);
  await page.context().close();
});

it("says that a kept answer needed no model", async () => {
  const page = await app.open("agent", `/turns/${recalled}`, { name: "kira" });
  await page.getByText("Kept answer, no model").waitFor();
  expect(await page.locator(".exchange-seen").count()).toBe(0);
  const facts = await page.locator(".facts").first().innerText();
  expect(facts).toMatch(/0 in, 0 out/);
  expect(facts).not.toMatch(/gpt/);
  expect(await axeInThemes(page)).toEqual([]);
  await page.context().close();
});

it("says in words that a turn does not exist, and that a price is not known", async () => {
  const page = await app.open("agent", "/turns/5b0c6f3e-7a53-4f0a-9a0e-0f4b3f9f2c11", { name: "ada" });
  await page.getByText("There is no such turn, or it was deleted.").waitFor();
  await app.world.sql`update turns set cost_usd = null`;
  await page.goto(`${app.world.url}/console/${app.tenantId}/turns/${turn.id}`);
  await page.getByText("no price").waitFor();
  await page.context().close();
});

it.each([
  ["en-US", { width: 1280, height: 900 }, "A turn, seen through"],
  ["es-PE", PHONE, "Un turno por dentro"],
  ["pt-BR", { width: 1920, height: 1080 }, "Um turno por dentro"],
])(
  "has no breaches that axe finds, fits its window and keeps the policy (%s)",
  async (locale, viewport, title) => {
    const page = await app.open("owner", `/turns/${turn.id}`, {
      name: `olga-${locale.toLowerCase()}`,
      locale,
      viewport,
    });
    const found: string[] = [];
    page.on("pageerror", (error) => found.push(error.message));
    page.on("console", (message) => message.type() === "error" && found.push(message.text()));
    await page.reload();
    await page.locator(".exchange-seen").first().waitFor();
    expect(await heading(page).innerText()).toBe(title);
    for (const each of await page.locator(".exchange-seen > summary, .prompt-seen > summary").all())
      await each.click();
    found.push(...(await axeInThemes(page)));
    const inner = await page.locator(".shell-page").evaluate((box) => box.scrollWidth - box.clientWidth);
    expect((await sidewaysScroll(page)) + inner).toBe(0);
    expect(found).toEqual([]);
    await page.context().close();
  },
);
