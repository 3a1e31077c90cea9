import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCompany, readCompany } from "../../db/company.ts";
import type { Company, OwnIntents } from "../../lib/types/company.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let shop: Required<Company>;
beforeAll(async () => {
  world = await startWorld({ env: { INTENT_LOCAL: "on" } });
  shop = (await readCompany({ sql: world.sql }, WORLD.phoneNumberId)) as Required<Company>;
});
afterAll(() => world.close());

let customers = 0;

/** The turn that answers a new customer's message, of a company with these intents. */
async function turnOf(intents: OwnIntents, text: string) {
  await loadCompany({ sql: world.sql }, WORLD.phoneNumberId, { ...shop, intents });
  customers += 1;
  await world.customer(`5195100${1000 + customers}`).send(text);
  await world.drain();
  const [turn] = await world.sql<{ intent: string; decidedBy: string; guess: object | null }>`
    select intent, decided_by as "decidedBy", guess from turns order by started_at desc limit 1`;
  return turn;
}

const SURE = "buenas, ¿me dicen dónde está mi pedido y cuándo llega a mi casa?";
const visit = {
  when: "They want to see the workshop.",
  prompt: "Say how.",
  examples: { es: ["quiero visitar el taller donde tejen"] },
};

test("what likeness is sure of, it does not decide where it has not learnt the company's intents", async () => {
  expect(await turnOf({}, SURE)).toMatchObject({ intent: "order_status", decidedBy: "likeness" });
  expect(await turnOf({ visit }, SURE)).toMatchObject({
    intent: "order_status",
    decidedBy: "model",
    guess: null,
  });
});

test("an intent that is off is none that the model may answer", async () => {
  world.model.requests.length = 0;
  const turn = await turnOf({ order_status: { off: true }, visit }, SURE);
  expect(turn?.intent).not.toBe("order_status");
  const asked = world.model.requests.find(({ kind }) => kind === "classify");
  expect(JSON.stringify(asked?.schema)).not.toContain("order_status");
  expect(JSON.stringify(asked?.schema)).toContain("visit");
});

test("an own intent is sorted by its examples and answered by its own instructions and tools", async () => {
  world.model.requests.length = 0;
  const turn = await turnOf(
    { visit: { ...visit, tools: ["lookup"] } },
    "quisiera visitar el taller donde tejen",
  );
  expect(turn).toMatchObject({ intent: "visit", decidedBy: "model" });
  const reply = world.model.requests.find(({ kind }) => kind === "tools");
  expect(reply?.tools).toEqual(["lookup"]);
  expect(JSON.stringify(reply?.messages)).toContain("| Say how.");
});
