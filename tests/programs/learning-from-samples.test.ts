import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WEIGHTS } from "../../lib/intents/likeness/weights.ts";
import { likenessOf } from "../../lib/intents/likeness/weights-text.ts";
import { intentByLikeness } from "../../lib/intents/local/by-likeness.ts";
import { acceptedIn, addOwn } from "../../scripts/intents/learn.ts";
import { readPhraseFiles, readPhrases } from "../../scripts/intents/phrases.ts";
import { weightsAt } from "../../scripts/intents/write.ts";
import { runToEnd } from "../support/program.ts";
import { startWorld, type World } from "../support/world.ts";

/** Surely a question about a product by its likeness; the model knows better. */
const MISTAKEN = "cuanto demora el envio de lo mio 4411";
const OF_SOMEBODY = "hola soy Rosa, cuanto demora el envio de lo mio";

let world: World;
const folder = mkdtempSync(join(tmpdir(), "learning-"));
beforeAll(async () => {
  world = await startWorld({ endpoints: true, env: { INTENT_LOCAL: "on", INTENT_SAMPLE: "1" } });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const intents = (...args: string[]) =>
  runToEnd("scripts/intents.ts", args, { ...world.environment, POSTGRES_HTTP: "1" }, { folder });

test("what a sample shows to be decided wrongly is learnt once a person has accepted it", async () => {
  world.model.setFault(({ kind }) =>
    kind === "classify"
      ? { content: JSON.stringify({ intent: "order_status", confidence: 0.95, language: "es" }) }
      : null,
  );
  expect(intentByLikeness(MISTAKEN, false)).toMatchObject({ intent: "product_question", sure: true });
  for (const [at, text] of [MISTAKEN, OF_SOMEBODY].entries()) {
    const customer = world.customer(`5191000${8100 + at}`);
    await customer.send(text);
    await customer.waitForReply();
  }
  await world.drain();
  const turns = await world.sql<{ intent: string; by: string; model: string }>`
    select intent, decided_by as by, guess -> 'model' ->> 'intent' as model from turns`;
  expect(turns).toEqual(Array(2).fill({ intent: "product_question", by: "likeness", model: "order_status" }));
  expect((await intents("report")).stdout).toMatch(/not advised yet: 0 of 2 sure guesses agreed/);

  expect((await intents("learn")).stdout).toMatch(/^1 messages are in messages-to-learn\.txt/);
  const proposed = readFileSync(join(folder, "messages-to-learn.txt"), "utf8");
  expect(proposed).toContain("\nes|order_status|cuanto demora el envio de lo mio 0000\n");
  expect(proposed).not.toMatch(/Rosa|4411/);

  const own = join(folder, "own");
  expect(addOwn(acceptedIn(proposed), own)).toBe(1);
  const learnt = weightsAt([...readPhrases(), ...readPhraseFiles(folder)], WEIGHTS);
  expect(learnt.version).not.toBe(WEIGHTS.version);
  expect(intentByLikeness(MISTAKEN, false, likenessOf(learnt))).toMatchObject({ intent: "order_status" });
}, 240_000);
