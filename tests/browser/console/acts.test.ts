/** Every act of an operator by its key, and each dialog of theirs as axe sees it. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ACCOUNT_ID } from "../../../fakes/graph/options.ts";
import { SAMPLE_TEMPLATES } from "../../../fakes/graph/rules/sample-templates.ts";
import { operator } from "../../console/visitor.ts";
import type { Customer } from "../../support/customer.ts";
import { axe } from "../axe.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;
let ana: Page;
let customer: Customer;

beforeAll(async () => {
  app = await startConsole({
    env: { WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT_ID },
    graph: { templates: SAMPLE_TEMPLATES },
  });
  await operator(app.world, { role: "agent", email: "luis@example.com", tenantId: app.tenantId });
  customer = app.world.customer("51987650002", "Eva");
  await customer.send("quiero hablar con una persona");
  await customer.waitForReply();
  ana = await app.open("agent", "/inbox/all", { name: "ana", permissions: ["microphone"] });
  await openEva();
});

afterAll(() => app?.close());

async function openEva(): Promise<void> {
  await ana.locator(".rows .row a").click();
  await ana.locator(".write-box").waitFor();
}

const dialog = () => ana.getByRole("dialog");
const row = () => ana.locator(".rows .row");
const sent = (type: string) => customer.replies().filter(({ body }) => body.type === type);
const act = (name: string, state: "visible" | "detached" = "visible") =>
  ana.locator(`.act-bar [data-act=${name}]`).waitFor({ state });

/** Presses a key where it is a shortcut. */
async function press(key: string): Promise<void> {
  await ana.locator("#conversation-name").focus();
  await ana.keyboard.press(key);
}

/** Goes to a list, and opens the conversation there. */
async function listed(key: string): Promise<void> {
  await press("g");
  await ana.keyboard.press(key);
  await openEva();
}

it("takes, assigns and takes from a colleague", async () => {
  await press("t");
  await act("giveBack");
  await press("a");
  await dialog().getByRole("button", { name: "luis" }).waitFor();
  expect(await axe(ana, "dialog")).toEqual([]);
  await dialog().getByRole("button", { name: "luis" }).press("Enter");
  await act("takeFrom");
  // Said as what was done, not as what somebody else did.
  await ana.locator(".toast[data-kind=good]", { hasText: "luis has this conversation now." }).waitFor();
  await press("t");
  await act("takeFrom", "detached");
  await expect.poll(() => row().innerText()).toContain("You");
});

it("snoozes and wakes", async () => {
  await press("z");
  await dialog()
    .getByRole("button", { name: /^In one hour/ })
    .waitFor();
  expect(await axe(ana, "dialog")).toEqual([]);
  await ana.keyboard.press("Enter");
  await act("wake");
  await listed("z");
  await press("z");
  await act("snooze");
  await expect.poll(() => row().count()).toBe(0);
  await listed("a");
});

it("tags, and takes a tag off", async () => {
  await press("l");
  await dialog().waitFor();
  expect(await axe(ana, "dialog")).toEqual([]);
  await ana.keyboard.type("vip");
  await ana.keyboard.press("Enter");
  await row().getByText("vip").waitFor();
  await dialog().getByRole("button", { name: "Remove the tag vip" }).press("Enter");
  await row().getByText("vip").waitFor({ state: "detached" });
  await ana.keyboard.press("Escape");
});

it("takes a flag away", async () => {
  await app.world
    .sql`update conversations set flagged_at = clock_timestamp(), changed_at = clock_timestamp()`;
  await act("unflag");
  await press("f");
  await act("unflag", "detached");
});

it("reacts to the newest message, and replies to it", async () => {
  await press("m");
  await ana.getByRole("menu").waitFor();
  expect(await axe(ana, "[role=menu]")).toEqual([]);
  await ana.keyboard.press("ArrowRight");
  await ana.keyboard.press("Enter");
  await expect.poll(() => sent("reaction").length).toBe(1);
  expect(sent("reaction")[0]?.body).toMatchObject({ reaction: { emoji: "❤️" } });
  await press("m");
  await ana.getByRole("menuitem", { name: "Reply" }).press("Enter");
  await ana.locator(".quote-bar", { hasText: "quiero hablar" }).waitFor();
  await expect.poll(() => ana.evaluate(() => document.activeElement?.className)).toBe("write-box");
  await ana.keyboard.type("Aquí estoy ");
  // An emoji by its word, without leaving the keyboard.
  await ana.keyboard.press("Control+.");
  await dialog().waitFor();
  expect(await axe(ana, ".emoji-picker")).toEqual([]);
  await ana.keyboard.type("heart");
  await ana.keyboard.press("Enter");
  await expect.poll(() => ana.locator(".write-box").inputValue()).toMatch(/^Aquí estoy \p{Emoji}/u);
  await ana.keyboard.press("Enter");
  await expect.poll(() => sent("text").at(-1)?.body).toMatchObject({ context: {}, text: {} });
});

it("sends a voice message that was recorded on the page", async () => {
  await press("v");
  await dialog().getByText("0:01").waitFor();
  expect(await axe(ana, "dialog")).toEqual([]);
  await ana.keyboard.press("Enter");
  await dialog().getByText("Listen before sending").waitFor();
  expect(await axe(ana, "dialog")).toEqual([]);
  await ana.keyboard.press("Enter");
  await ana.getByText("Ready to send").waitFor();
  await ana.locator(".write-box").press("Enter");
  await expect.poll(() => sent("audio").length).toBe(1);
  expect(sent("audio")[0]?.body).toMatchObject({ audio: { voice: true } });
});

it("says why a template that Meta paused cannot be sent", async () => {
  await press("p");
  const paused = dialog().locator(".template-item", { hasText: "oferta_de_invierno" });
  await paused.getByText("Paused by Meta because too many customers complained.").waitFor();
  expect(await paused.isDisabled()).toBe(true);
  expect(await axe(ana, "dialog")).toEqual([]);
  await ana.keyboard.press("Escape");
});

it("closes, and opens again", async () => {
  await press("e");
  await ana.locator(".lock-bar[data-lock=closed]").waitFor();
  await ana.locator(".toasts").getByRole("button", { name: "Undo" }).waitFor();
  await press("e");
  await ana.locator(".lock-bar[data-lock=closed]").waitFor({ state: "detached" });
});

it("goes from the list to giving back by keys alone", async () => {
  const { keyboard } = ana;
  const keys = async (...all: string[]) => {
    for (const key of all) await keyboard.press(key);
  };
  await keys("g", "a");
  await ana.locator("#conversation-name").waitFor({ state: "detached" });
  await keys("j");
  await expect.poll(() => ana.evaluate(() => document.activeElement?.hasAttribute("data-row"))).toBe(true);
  await keys("Enter");
  await expect.poll(() => ana.evaluate(() => document.activeElement?.id)).toBe("conversation-name");
  await act("take");
  await keys("t");
  await act("giveBack");
  await keys("r");
  await expect.poll(() => ana.evaluate(() => document.activeElement?.className)).toBe("write-box");
  await keyboard.type("Solo con teclas");
  await keys("Enter");
  await expect.poll(() => customer.replies().at(-1)?.text).toBe("Solo con teclas");
  await keys("Escape", "b");
  await dialog().getByLabel("Note for the bot (optional)").waitFor();
  await keyboard.type("Todo aclarado.");
  await keys("Tab", "Tab", "Enter");
  await ana.locator(".pinned-note", { hasText: "Todo aclarado." }).waitFor();
});

it("finds each act by name", async () => {
  await press("Control+k");
  for (const name of [
    "Record a voice message",
    "Suggest a reply",
    "Note for colleagues",
    "Send a template",
  ]) {
    await ana.locator(".palette-input").fill(name);
    await ana.getByRole("option", { name }).waitFor();
  }
  await ana.locator(".palette-input").fill("Note for");
  await ana.keyboard.press("Enter");
  await expect.poll(() => ana.locator(".composer").getAttribute("data-writes")).toBe("note");
});

it("lists every key in one sheet", async () => {
  await press("?");
  await dialog().locator("dt").first().waitFor();
  expect(await dialog().locator("dt").count()).toBeGreaterThan(40);
  expect(await axe(ana, "dialog")).toEqual([]);
});

it("does what is pressed before the act before it was answered", async () => {
  await ana.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await act("take");
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await ana.route("**/take", async (route) => {
    const response = await route.fetch();
    await answered;
    await route.fulfill({ response });
  });
  await press("t");
  // The event's row stands there, and the answer has not come.
  await act("giveBack");
  await press("a");
  await dialog().getByRole("button", { name: "Nobody" }).waitFor();
  await ana.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
  await press("e");
  answer();
  await act("reopen");
  await ana.unroute("**/take");
});
