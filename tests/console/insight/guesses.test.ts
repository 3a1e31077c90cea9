import { afterAll, beforeAll, expect, test } from "vitest";
import type { GuessesView } from "../../../contracts/console/insight.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";
import { storeGuesses } from "./guesses.ts";

let world: World;
let viewer: Member;
let strangersId: string;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine });
  viewer = await signedInAs(world, "viewer");
  strangersId = await makeCompany(world);
});
afterAll(() => world.close());

const read = async (): Promise<GuessesView> =>
  (await viewer.get("/insight/guesses")).json() as Promise<GuessesView>;

test("nothing guessed is nothing, and no advice to decide by it", async () => {
  expect(await read()).toEqual({
    ...{ mode: "shadow", days: 30, all: { turns: 0, sure: 0, compared: 0, agreed: 0 }, intents: [] },
    advice: { safe: false, low: 0, missing: 189 },
  });
});

test("says by intent how guesses agree, and when they may decide; nothing of another company", async () => {
  await storeGuesses(world, { tenantId: viewer.tenantId, count: 188, intent: "complaint", sure: true });
  await storeGuesses(world, { tenantId: viewer.tenantId, count: 60, intent: null, sure: false });
  await storeGuesses(world, { tenantId: strangersId, count: 50, intent: "greeting", sure: true });
  const all = { turns: 248, sure: 188, compared: 188, agreed: 188 };
  const complaint = { name: "complaint", turns: 188, sure: 188, compared: 188, agreed: 188 };
  expect(await read()).toMatchObject({ all, intents: [complaint], advice: { safe: false, missing: 1 } });
  await storeGuesses(world, { tenantId: viewer.tenantId, count: 1, intent: "complaint", sure: true });
  expect((await read()).advice).toMatchObject({ safe: true, missing: 0 });
});
