import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { row, threadMessage, view } from "../../web/console/samples.ts";
import { axeInThemes } from "../axe.ts";
import { sidewaysScroll } from "../chat.ts";
import { launchChromium } from "../chromium.ts";
import { everyKind, fillOffice } from "./demo.ts";
import { countsOf, createOffice, type Office, TENANT } from "./office.ts";
import { serveConsole } from "./serve-office.ts";

const EVIL = `<img src=x onerror="document.title='pwned'">`;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

let browser: Browser;
let office: Office;
let server: Awaited<ReturnType<typeof serveConsole>>;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  office = createOffice();
  [server, browser] = await Promise.all([serveConsole(office.api), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(() => {
  office.rows = [];
  office.views.clear();
  office.older.clear();
  office.found = [];
  office.requests.length = 0;
  office.broken.clear();
  office.setOffline(false);
});

afterEach(async () => {
  await page?.context().close();
  expect(complaints.splice(0)).toEqual([]);
});

/** Opens the inbox of the office; what the browser complains of fails the test. */
async function open(path: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "en-US", viewport: DESK, ...options });
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const expected = /status of (404|503)|_local/.test(message.text() + message.location().url);
    if (message.type() === "error" && !expected) complaints.push(message.text());
  });
  await page.goto(`${server.url}/${TENANT}/inbox${path}`);
  await page.locator("[data-state=live]").waitFor({ state: "attached" });
  return page;
}

const names = () => page.locator(".rows .row-name").allInnerTexts();

it("asks for each thing of the first view once", async () => {
  const shown = fillOffice(office, Date.now());
  await open(`/all/${shown.row.id}`);
  await page.locator(".thread .bubble").first().waitFor();
  // The live stream is opened anew for the conversation.
  const asked = office.requests.filter((request) => /^GET (?!\/events)/.test(request));
  expect(asked).toEqual(expect.arrayContaining(["GET /conversations", `GET /conversations/${shown.row.id}`]));
  expect(asked).toEqual([...new Set(asked)]);
});
const nameOf = () => page.locator("#conversation-name");

describe("lists", () => {
  it("show who waits longest first, with counts, the target's colours and the number in the title", async () => {
    fillOffice(office, Date.now());
    await open("/waiting");
    await expect.poll(names).toEqual(["María Quispe", "Jorge Huamán", "Lucía Fernández", "João Pereira"]);
    expect(
      await page.locator(".rows .waits").evaluateAll((all) => all.map((one) => one.dataset.tone)),
    ).toEqual(["late", "late", "soon", "calm"]);
    expect(await page.title()).toBe("(4) Waiting · Tambo");
    expect(await page.locator("link[rel=icon]").getAttribute("href")).toContain("waiting");
    expect(await page.locator(".lists-link", { hasText: "Mine" }).innerText()).toContain("2");
  });

  it("keep their tag in the address, and say when nothing has it", async () => {
    fillOffice(office, Date.now());
    await open("/waiting");
    await page.getByLabel("Tag").selectOption("vip");
    await expect.poll(names).toEqual(["María Quispe", "João Pereira"]);
    expect(page.url()).toContain("/inbox/waiting?tag=vip");
    await page.getByRole("link", { name: "Closed" }).click();
    await page.getByText("No conversation in this list has this tag.").waitFor();
    await page.getByRole("link", { name: "Remove the tag filter" }).click();
    await page.getByText("Nothing is closed yet").waitFor();
  });

  it("load page after page while they are scrolled", async () => {
    office.rows = Array.from({ length: 120 }, (_, place) => row({ id: `r${place}`, lastAt: 1e12 - place }));
    await open("/all");
    await expect.poll(() => page.locator(".row").count()).toBeGreaterThanOrEqual(50);
    await page.locator(".rows").evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect.poll(() => page.locator(".row").count()).toBe(100);
    await page.locator(".rows").evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await expect.poll(() => page.locator(".row").count()).toBe(120);
  });

  it("offer to try again what failed", async () => {
    fillOffice(office, Date.now());
    office.broken.add("/conversations");
    await open("/all");
    await page.getByText("The list could not be loaded.").waitFor();
    office.broken.clear();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(names).toContain("María Quispe");
  });

  it("tell a new owner what to do next", async () => {
    office.start = [
      { name: "connect", done: true },
      { name: "invite", done: false },
    ];
    await open("/all");
    await page.getByText("No conversations yet").waitFor();
    await page.getByRole("link", { name: "Invite your team" }).waitFor();
  });
});

describe("live", () => {
  it("puts a new handoff into the list, says it, and keeps the open conversation and the focus", async () => {
    fillOffice(office, Date.now());
    await open("/waiting");
    await page.locator("[data-row=c-1]").click();
    await expect.poll(() => nameOf().innerText()).toBe("Jorge Huamán");
    const waits = {
      ...office.rows[9],
      waitingSince: Date.now(),
      changedAt: Date.now(),
    } as (typeof office.rows)[0];
    office.rows[9] = waits;
    // The stream that follows the opened conversation may still be on its way.
    const tell = (fresh: typeof waits) => {
      office.emit("rows", [fresh]);
      office.emit("counts", countsOf(office.rows));
      return names();
    };
    await expect.poll(() => tell(waits)).toHaveLength(5);
    await page
      .getByText("A customer is waiting for a person; 5 are waiting in all.")
      .waitFor({ state: "attached" });
    expect(await page.locator(".row-link[aria-current=true]").getAttribute("data-row")).toBe("c-1");
    // Taken by a colleague: it leaves the list, and stays open.
    const taken = { ...office.rows[1], waitingSince: null, changedAt: Date.now() + 1 } as typeof waits;
    await expect.poll(() => tell(taken)).not.toContain("Jorge Huamán");
    expect(await nameOf().innerText()).toBe("Jorge Huamán");
  });

  it("says when the connection is lost and is live again by itself", async () => {
    fillOffice(office, Date.now());
    await open("/waiting/c-0");
    await expect.poll(names).toHaveLength(4);
    office.setOffline(true);
    await page.locator("[data-state=reconnecting]").waitFor();
    expect(await nameOf().innerText()).toBe("María Quispe");
    office.setOffline(false);
    await page.locator("[data-state=live]").waitFor();
    office.emit("messages", [threadMessage({ direction: "in", text: "¿Sigues ahí?", at: Date.now() })]);
    await page.locator(".bubble", { hasText: "¿Sigues ahí?" }).waitFor();
  });

  it("moves on by itself only at the end of a thread, and counts what came below", async () => {
    const one = row({ id: "long" });
    const messages = Array.from({ length: 60 }, (_, place) =>
      threadMessage({ direction: "in", text: `Nr. ${place}` }),
    );
    const older = Array.from({ length: 40 }, (_, place) =>
      threadMessage({ text: `Old ${place}`, at: 1000 + place }),
    );
    office.rows = [one];
    office.views.set("long", view({ row: one, messages, older: "x" }));
    office.older.set("x", { messages: older, turns: [], notes: [], older: null });
    await open("/all/long");
    const log = page.getByRole("log");
    const newest = (text: string) =>
      office.emit("messages", [threadMessage({ direction: "in", text, at: Date.now() })]);
    const shownAt = (text: string) =>
      page
        .locator(".bubble", { hasText: text })
        .evaluate((bubble) => Math.round(bubble.getBoundingClientRect().top));
    await page.locator(".bubble", { hasText: "Nr. 59" }).waitFor();
    newest("First");
    await expect.poll(() => page.locator(".bubble", { hasText: "First" }).isVisible()).toBe(true);
    expect(await page.locator(".to-end").count()).toBe(0);

    // Up to the top: older messages come above, and what is read stays where it is.
    await log.evaluate((list) => list.scrollTo(0, -list.scrollHeight + list.clientHeight + 400));
    await page.locator(".bubble", { hasText: "Old 0" }).first().waitFor({ state: "attached" });
    let before = Number.NaN;
    // More is drawn above until nothing is left to draw.
    await expect
      .poll(async () => {
        const seen = before;
        before = await shownAt("Nr. 20");
        return before - seen;
      })
      .toBe(0);
    newest("Second");
    newest("Third");
    await page.getByRole("button", { name: "2 new messages" }).waitFor();
    expect(Math.abs((await shownAt("Nr. 20")) - before)).toBeLessThanOrEqual(2);
    await page.getByRole("button", { name: "2 new messages" }).click();
    await page.locator(".to-end").waitFor({ state: "detached" });
    expect(await log.evaluate((list) => Math.abs(list.scrollTop))).toBeLessThan(2);
  });
});

describe("a conversation", () => {
  it("says who wrote, why a message failed and what to do, what the bot did, and what the team noted", async () => {
    fillOffice(office, Date.now());
    await open("/waiting/c-0");
    const log = page.getByRole("log");
    for (const text of ["Luis Paredes", "WhatsApp Business app", "You", "Internal note by Luis Paredes"])
      await log.getByText(text, { exact: true }).first().waitFor();
    await log.getByText("Send an approved template").waitFor();
    await log.getByText("What the bot read").click();
    await log.getByText("Un poncho rojo con una rotura en el borde.").waitFor();
    const turn = log.locator(".turn-line", { hasText: "Order status 94%" });
    expect(await turn.locator("summary").first().innerText()).toMatch(/1\.38\ss · \$0\.00042 · 1 tool call/u);
    await turn.locator("summary").first().click();
    await turn.locator("code", { hasText: "lookup" }).waitFor();
    await page.getByText("Luis Paredes is typing…").waitFor();
    await page.getByText("El poncho del pedido 1042 llegó con una rotura.").waitFor();
    expect(await page.getByRole("timer").innerText()).toMatch(/20 hr 1[12] min left to write/);
    expect(office.requests).toContain("POST /conversations/c-0/read");
  });

  it("shows every kind of message, with files from the console's own address", async () => {
    const one = row({ id: "kinds" });
    office.rows = [one];
    office.views.set("kinds", everyKind(one));
    await open("/all/kinds");
    const kinds = await page
      .locator(".bubble")
      .evaluateAll((all) => [...new Set(all.map((bubble) => bubble.getAttribute("data-kind")))].sort());
    expect(kinds).toEqual(
      expect.arrayContaining([
        "contacts",
        "document",
        "form",
        "image",
        "interactive",
        "location",
        "sticker",
        "tap",
      ]),
    );
    const photo = page.locator(".photo img").first();
    expect(await photo.getAttribute("src")).toBe(`/api/console/t/${TENANT}/files/photo.jpg`);
    await expect
      .poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  });

  it("shows hostile names, words and file names as text", async () => {
    const one = row({ id: "evil", name: EVIL, preview: EVIL, tags: [EVIL.slice(0, 30)] });
    const paper = { url: "", mimeType: "text/html", filename: `${EVIL}.html` };
    const content = { kind: "media", media: "document", caption: EVIL, file: paper } as const;
    const luis = { id: "l", name: EVIL };
    office.rows = [one];
    const messages = [
      threadMessage({ direction: "in", text: EVIL }),
      threadMessage({ direction: "in", text: null, type: "document", content, fileUrl: "/api/console/x" }),
      threadMessage({
        author: "operator",
        operator: luis,
        text: "javascript:alert(1)",
        failure: "unknown",
        status: "failed",
      }),
    ];
    const notes = [{ id: "n", at: Date.now(), operator: luis, text: EVIL }];
    office.views.set(
      "evil",
      view({ row: one, messages, notes, presence: [{ operator: luis, typing: true }] }),
    );
    await open("/all/evil");
    await expect.poll(() => nameOf().innerText()).toBe(EVIL);
    await page.locator(".note-text", { hasText: EVIL }).waitFor();
    expect(await page.locator("img[src=x], a[href^='javascript']").count()).toBe(0);
    expect(await page.title()).toBe("All · Tambo");
  });

  it("says that it does not exist, and leads back", async () => {
    fillOffice(office, Date.now());
    await open("/all/no-such");
    await page.getByText("This conversation does not exist any more").waitFor();
  });
});

describe("by keyboard", () => {
  it("moves through rows, opens one, goes back to its row, and goes to lists", async () => {
    fillOffice(office, Date.now());
    await open("/waiting");
    await expect.poll(names).toHaveLength(4);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-row"));
    await page.keyboard.press("j");
    expect(await focused()).toBe("c-0");
    await page.keyboard.press("j");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("k");
    expect(await focused()).toBe("c-1");
    await page.keyboard.press("Enter");
    await expect.poll(() => nameOf().innerText()).toBe("Jorge Huamán");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("conversation-name");
    await page.keyboard.press("Escape");
    await expect.poll(focused).toBe("c-1");
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await expect.poll(names).toEqual(["Kate Miller", "Rosa Mamani"]);
  });

  it("searches, marks the words, and puts none of them into the address", async () => {
    fillOffice(office, Date.now());
    const [first, second] = office.rows;
    office.found = [
      {
        ...(first as (typeof office.rows)[0]),
        found: { messageId: "m", text: "El poncho llegó con una rotúra grande", at: 1 },
      },
      { ...(second as (typeof office.rows)[0]), found: null },
    ];
    await open("/waiting");
    await page.keyboard.press("/");
    await page.keyboard.type("rotura");
    await page.getByText("2 conversations found").waitFor();
    expect(await page.locator(".rows mark").allInnerTexts()).toEqual(["rotúra"]);
    expect(page.url()).not.toContain("rotura");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => nameOf().innerText()).toBe("María Quispe");
    expect(page.url()).not.toContain("rotura");
  });
});

it("shows one pane at a time on a phone, with a way back", async () => {
  fillOffice(office, Date.now());
  await open("/all", { viewport: PHONE, locale: "es-PE" });
  await page.locator("[data-row=c-2]").click();
  await expect.poll(() => nameOf().isVisible()).toBe(true);
  expect(await page.locator(".list-pane").isVisible()).toBe(false);
  // The conversation has the whole height: neither the tabs nor the notice of demo data take some of it.
  expect(await page.getByRole("navigation").isVisible()).toBe(false);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Datos del cliente" }).click();
  expect(await page.locator(".conversation").isVisible()).toBe(false);
  await page.locator(".panel-close").click();
  await page.getByRole("button", { name: "Volver a la lista" }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-row"))).toBe("c-2");
  await page.goBack();
  await expect.poll(() => nameOf().isVisible()).toBe(true);
});

it("has controls that a finger hits, in lists and in a conversation", async () => {
  fillOffice(office, Date.now());
  for (const path of ["/waiting", "/waiting/c-0"]) {
    await open(path, { viewport: PHONE, hasTouch: true, isMobile: true });
    await page.locator(".rows .row, .write-box").first().waitFor({ state: "attached" });
    const small = await page
      .locator(
        "button:visible, select:visible, input:visible, textarea:visible, .row-link:visible, .lists-link:visible",
      )
      .evaluateAll((all) =>
        all
          .filter((one) => !one.closest(".bubble, .turn-line"))
          .filter((one) => one.getBoundingClientRect().height < 44)
          .map((one) => one.outerHTML.slice(0, 80)),
      );
    expect(small).toEqual([]);
    expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
    await page.context().close();
  }
});

it("leaves room for what was said while a phone's keyboard is open", async () => {
  fillOffice(office, Date.now());
  await open("/waiting/c-0", { viewport: { width: 360, height: 420 }, hasTouch: true, isMobile: true });
  await page.locator(".write-box").click();
  const acts = page.locator(".act-bar");
  await expect.poll(() => acts.isVisible()).toBe(false);
  const room = await page.locator(".thread").evaluate((one) => one.getBoundingClientRect().height);
  expect(room).toBeGreaterThan(100);
  await page.locator(".write-box").press("Escape");
  await expect.poll(() => acts.isVisible()).toBe(true);
});

it("prints what was said, and nothing around it", async () => {
  fillOffice(office, Date.now());
  await open("/all/c-0");
  await page.locator(".thread .bubble").first().waitFor();
  await page.emulateMedia({ media: "print" });
  for (const around of [".shell-nav", ".list-pane", ".composer", ".act-bar"])
    expect(await page.locator(around).first().isVisible(), around).toBe(false);
  expect(await page.locator("#conversation-name").isVisible()).toBe(true);
  const cut = await page.locator(".thread").evaluate((list) => list.scrollHeight - list.clientHeight);
  expect(cut).toBeLessThanOrEqual(0);
});

it.each(["en", "es", "pt"])("is fine with axe in both themes, on a desk and a phone (%s)", async (locale) => {
  fillOffice(office, Date.now());
  for (const [path, viewport] of [
    ["/all/c-0", DESK],
    ["/waiting", PHONE],
    ["/waiting/c-0", PHONE],
  ] as const) {
    await open(path, { locale, viewport });
    await page.locator(".row-name, #conversation-name").first().waitFor({ state: "attached" });
    await expect.poll(() => page.locator(".waiting").count()).toBe(0);
    expect(await axeInThemes(page, { seenInAnotherLanguage: locale !== "en" })).toEqual([]);
    await page.context().close();
  }
});

it("lets viewers read and nothing else", async () => {
  office.role = "viewer";
  fillOffice(office, Date.now());
  await open("/waiting/c-0");
  await page.locator(".bubble", { hasText: "Gracias" }).waitFor();
  expect(await page.locator(".bubble-more").count()).toBe(0);
  expect(await page.getByRole("textbox").count()).toBe(0);
  office.role = "owner";
});
