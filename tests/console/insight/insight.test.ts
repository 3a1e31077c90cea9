import { afterAll, beforeAll, expect, test } from "vitest";
import type { InsightLabels } from "../../../contracts/console/insight.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";
import { count, fresh } from "./counters.ts";

const DAY = 86_400_000;

let world: World;
let viewer: Member;
let strangersId: string;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine });
  viewer = await signedInAs(world, "viewer");
  strangersId = await makeCompany(world);
});
afterAll(() => world.close());

const read = async <T>(path: string): Promise<T> =>
  (await viewer.get(`/insight/${path}`)).json() as Promise<T>;

test("filters offer what occurred with the company in 90 days, most frequent first", async () => {
  const now = Date.now();
  const turns = (tenantId: string, intent: string, n: number, atMs = now) => ({
    ...{ tenantId, metric: "turns" as const, atMs, n },
    labels: { intent, model: "gpt", rung: "full", language: "es" },
  });
  await fresh(world, now);
  await count(world, [
    turns(viewer.tenantId, "greeting", 2),
    turns(viewer.tenantId, "complaint", 9),
    turns(viewer.tenantId, "old", 99, now - 100 * DAY),
    turns(strangersId, "secret", 99),
  ]);
  expect(await read<InsightLabels>("labels")).toEqual({
    intent: ["complaint", "greeting"],
    model: ["gpt"],
    rung: ["full"],
    language: ["es"],
  });
  // The stranger's company is none of the viewer's.
  expect((await read<InsightLabels>("labels?number=all")).intent).not.toContain("secret");
});
