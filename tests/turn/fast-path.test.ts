import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let people = 0;

beforeAll(async () => {
  world = await startWorld({ env: { INTENT_FAST_PATH: undefined } });
});
afterAll(() => world.close());
beforeEach(() => {
  world.model.requests.length = 0;
});

const newcomer = () => {
  people += 1;
  return world.customer(`5191000${2000 + people}`);
};

/** The kinds of calls that the model got, and how the last turn was decided. */
async function decided() {
  await world.drain();
  const [turn] = await world.sql`
    select intent, decided_by, confidence, language, intent_model, rung, stages_ms ? 'classify' as classified
      from turns order by started_at desc limit 1`;
  return { turn, calls: world.model.requests.map(({ kind }) => kind) };
}

test("what is said in the words of an example costs one call less", async () => {
  const customer = newcomer();
  await customer.send("Hola! ¿Cuánto cuesta el envío?");
  const [reply] = await customer.waitForReply();
  const { turn, calls } = await decided();
  expect(turn).toEqual({
    intent: "product_question",
    decided_by: "local",
    confidence: 1,
    language: "es",
    intent_model: null,
    rung: "full",
    classified: true,
  });
  expect(calls).not.toContain("classify");
  expect(reply?.text).toContain("S/ 10");
});

test("anything else is the model's to sort", async () => {
  const customer = newcomer();
  await customer.send("oye, y el envío a Puno, ¿cuánto sería?");
  await customer.waitForReply();
  const { turn, calls } = await decided();
  expect(turn).toMatchObject({ decided_by: "model", intent_model: "gpt-4o-mini" });
  expect(calls[0]).toBe("classify");
});

test("a word of another language than the customer's is the model's to sort", async () => {
  const customer = newcomer();
  await customer.send("ola");
  await customer.waitForReply();
  expect((await decided()).turn).toMatchObject({ decided_by: "model" });
});

test("so is what quotes something, and what may answer our question", async () => {
  const customer = newcomer();
  await customer.send("hola");
  const [asked] = await customer.waitForReply();
  expect(asked?.text).toContain("?");
  expect((await decided()).turn).toMatchObject({ decided_by: "local", intent: "greeting" });

  await customer.send("gracias");
  await customer.waitForReply();
  expect((await decided()).turn).toMatchObject({ decided_by: "model" });
});
