/** What goes wrong while somebody writes: said in words, with what to do, and nothing typed is lost. */
import { errors, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operator } from "../../console/visitor.ts";
import type { Customer } from "../../support/customer.ts";
import { type Console, startConsole } from "./console.ts";

let app: Console;
let ana: Page;
let eva: Customer;

beforeAll(async () => {
  app = await startConsole({ endpoints: true });
  for (const name of ["Rosa", "Eva"]) {
    const customer = app.world.customer(`5198765001${name.length}`, name);
    await customer.send("quiero hablar con una persona");
    await customer.waitForReply();
    await app.world.drain();
    eva = customer;
  }
  ana = await app.open("agent", "/inbox/all", { name: "ana" });
  await openChat("Eva");
});

afterAll(() => app?.close());

const box = () => ana.locator(".write-box");
const unsent = (words: string): Locator =>
  ana.locator(".sending-bubble[data-unsent=true]", { hasText: words });
const got = (words: string) => eva.replies().filter(({ text }) => text === words).length;
const pill = (state: string) => ana.locator(`[data-state=${state}]`).first().waitFor({ state: "attached" });

async function openChat(name: string): Promise<void> {
  await ana.locator(".rows .row a", { hasText: name }).click();
  await ana.locator("#conversation-name", { hasText: name }).waitFor();
  await box().waitFor();
}

it("keeps what was written and pressed while the database is away, and sends it once when it is back", async () => {
  await pill("live");
  await box().fill("Antes de");
  app.world.neon.setFault(() => ({ status: 503 }));
  await pill("reconnecting");
  await box().fill("Ya lo estoy viendo");
  await box().press("Enter");
  await unsent("Ya lo estoy viendo")
    .getByText("The server has a problem right now. Nothing is lost")
    .waitFor();
  await box().fill("Y algo más");
  // Acts say it too, and what is asked for can be asked for again.
  await ana.locator("[data-act=take]").click();
  await ana.locator(".toast[data-kind=bad]", { hasText: "The server has a problem right now" }).waitFor();
  await ana.locator(".rows .row a", { hasText: "Rosa" }).click();
  await ana.getByText("The conversation could not be loaded.").waitFor();

  const again = ana.getByRole("button", { name: "Try again" });
  await again.waitFor();
  app.world.neon.setFault(null);
  // The page asks again by itself too, and may be first: then the button is gone.
  await again.click({ timeout: 5_000 }).catch((error) => {
    if (!(error instanceof errors.TimeoutError)) throw error;
  });
  await ana.locator("#conversation-name", { hasText: "Rosa" }).waitFor();
  await pill("live");
  await openChat("Eva");
  expect(await box().inputValue()).toBe("Y algo más");
  await unsent("Ya lo estoy viendo").getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => ana.locator(".sending-bubble").count()).toBe(0);
  await box().press("Enter");
  await expect.poll(() => got("Y algo más")).toBe(1);
  expect(got("Ya lo estoy viendo")).toBe(1);
});

it("stores a message once when the database took it and its answer was lost", async () => {
  let lost = 0;
  app.world.neon.setFault((statement) => {
    if (!statement.includes("send_as_operator(") || lost > 0) return null;
    lost += 1;
    return { reset: true, afterAccepting: true };
  });
  await box().fill("Una vez");
  await box().press("Enter");
  await expect.poll(() => got("Una vez")).toBe(1);
  await expect.poll(() => ana.locator(".sending-bubble").count()).toBe(0);
  app.world.neon.setFault(null);
  expect(lost).toBe(1);
  expect(await ana.locator(".thread .bubble-operator", { hasText: "Una vez" }).count()).toBe(1);
});

it("says that a role changed meanwhile, with the words still there", async () => {
  await box().fill("Ya no puedo");
  await operator(app.world, { role: "viewer", email: "ana@example.com", tenantId: app.tenantId });
  await box().press("Enter");
  await unsent("Ya no puedo").getByText("Your role doesn't allow this.").waitFor();
  await unsent("Ya no puedo").getByRole("button", { name: "Edit" }).click();
  expect(await box().inputValue()).toBe("Ya no puedo");
  expect(got("Ya no puedo")).toBe(0);
});

it("moves nothing for those who want no motion", async () => {
  await operator(app.world, { role: "agent", email: "ana@example.com", tenantId: app.tenantId });
  await box().fill("");
  await ana.emulateMedia({ reducedMotion: "reduce" });
  const moving = () =>
    ana.evaluate(() => document.getAnimations().map(({ effect }) => effect?.getComputedTiming()));
  await ana.reload();
  await openChat("Eva");
  expect(await moving()).toEqual([]);
  await ana.locator("[data-act=tags]").click();
  await ana.getByRole("dialog").waitFor();
  expect(await moving()).toEqual([]);
});
