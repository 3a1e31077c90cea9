import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { likenessOf } from "../../lib/intents/likeness/weights-text.ts";
import { intentByLikeness } from "../../lib/intents/local/by-likeness.ts";
import { acceptedIn, addOwn } from "../../scripts/intents/learn.ts";
import { readPhraseFiles, readPhrases } from "../../scripts/intents/phrases.ts";
import { trainWeights } from "../../scripts/intents/write.ts";
import { runToEnd } from "../support/program.ts";
import { startWorld, type World } from "../support/world.ts";

/** Sorted by the offline model with 0.9 and more; like no phrase. */
const KNOWN_TO_THE_MODEL = "oe y mi pedido dónde está manyas";
/** The model is not sure of it either. */
const UNCLEAR = "xylofón krrp zzyx";

let world: World;
const folder = mkdtempSync(join(tmpdir(), "learning-"));
beforeAll(async () => {
  world = await startWorld({ endpoints: true });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const intents = (...args: string[]) =>
  runToEnd("scripts/intents.ts", args, { ...world.environment, POSTGRES_HTTP: "1" }, { folder });

test("from what the model sorted to what likeness decides: report, learn, accept", async () => {
  for (const [at, text] of [KNOWN_TO_THE_MODEL, UNCLEAR].entries()) {
    const customer = world.customer(`5191000${8000 + at}`);
    await customer.send(text);
    await customer.waitForReply();
  }
  await world.drain();
  expect(intentByLikeness(KNOWN_TO_THE_MODEL, false).sure).toBe(false);

  const report = await intents("report");
  expect(report.stderr).toBe("");
  expect(report.stdout).toMatch(/, last 30 days, weights \w{12}: 2 messages that their words did not tell/);
  expect(report.stdout).toMatch(/INTENT_LOCAL=on is not advised yet: 0 of 0 /);

  const file = join(folder, "messages-to-learn.txt");
  const learnt = await intents("learn");
  expect(learnt.stdout).toMatch(/^1 messages are in messages-to-learn\.txt/);
  expect(await intents("learn")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("is there already"),
  });
  const [line = ""] = readFileSync(file, "utf8")
    .split("\n")
    .filter((each) => !each.startsWith("#"));
  expect(line).toMatch(/^es\|order_status\|/);

  const own = join(folder, "own");
  expect(addOwn(acceptedIn(readFileSync(file, "utf8")), own)).toBe(1);
  const { weights } = trainWeights([...readPhrases(), ...readPhraseFiles(folder)]);
  expect(intentByLikeness(KNOWN_TO_THE_MODEL, false, likenessOf(weights))).toMatchObject({
    ...{ intent: "order_status", sure: true },
  });
}, 240_000);
