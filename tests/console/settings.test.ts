import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_SETTINGS, settingsOf } from "../../lib/console/settings/settings.ts";
import { demoEngine } from "../support/postgres.ts";
import { startWorld, type World } from "../support/world.ts";
import { type Member, signedInAs } from "./member.ts";

let world: World;
let owner: Member;
let viewer: Member;
beforeAll(async () => {
  world = await startWorld({ engine: demoEngine });
  owner = await signedInAs(world, "owner");
  viewer = await signedInAs(world, "viewer");
});
afterAll(() => world.close());

const settingInSql = async (stored: object): Promise<unknown> => {
  const [row] = await world.sql<{ value: unknown }>`
    select tenant_setting(${JSON.stringify(stored)}::jsonb, variadic '{}') as value`;
  return row?.value;
};

test("a company that has chosen nothing has the same defaults in the page and in SQL", async () => {
  expect(await (await viewer.get("/settings")).json()).toEqual(DEFAULT_SETTINGS);
  expect(await settingInSql({})).toEqual(DEFAULT_SETTINGS);
});

test("an owner's choices are read by everybody, and by SQL", async () => {
  const chosen = {
    ...DEFAULT_SETTINGS,
    returnAfterMin: null,
    csat: { ...DEFAULT_SETTINGS.csat, enabled: true },
  };
  expect((await owner.post("/settings", chosen)).status).toBe(200);
  expect(await (await viewer.get("/settings")).json()).toEqual(chosen);
  const [row] = await world.sql<{ csat: boolean; never: string | null }>`
    select tenant_setting(settings, 'csat', 'enabled') as csat, tenant_setting(settings, 'returnAfterMin') ->> 0 as never
      from tenants where id = ${owner.tenantId}::uuid`;
  expect(row).toEqual({ csat: true, never: null });
});

test("a part that was stored before another existed has the default of the other", async () => {
  const stored = { reportAfterMin: 5, csat: { enabled: true } };
  const whole = { ...DEFAULT_SETTINGS, reportAfterMin: 5, csat: { ...DEFAULT_SETTINGS.csat, enabled: true } };
  expect(settingsOf(stored)).toEqual(whole);
  expect(await settingInSql(stored)).toEqual(whole);
});

test("who changes one setting undoes nothing that another has changed meanwhile", async () => {
  const before = await (await viewer.get("/settings")).json();
  const other = await signedInAs(world, "owner");
  await Promise.all([
    owner.post("/settings", { csat: { askEveryDays: 7 } }),
    other.post("/settings", { containment: { lowScore: 3 } }),
    owner.post("/settings", { reportAfterMin: 20 }),
    other.post("/settings", { csat: { silentAfterMin: 90 } }),
    other.post("/settings", { containment: { quietHours: 72 } }),
  ]);
  expect(await (await viewer.get("/settings")).json()).toEqual({
    ...before,
    reportAfterMin: 20,
    csat: { ...before.csat, askEveryDays: 7, silentAfterMin: 90 },
    containment: { ...before.containment, lowScore: 3, quietHours: 72 },
  });
  // Nothing is a change too.
  expect((await owner.post("/settings", { containment: { quietHours: null } })).status).toBe(200);
  expect((await owner.post("/settings", {})).status).toBe(200);
  expect((await (await viewer.get("/settings")).json()).containment).toEqual({
    ...before.containment,
    lowScore: 3,
  });
});

test.each([
  ["waitTargetMin", { waitTargetMin: 0 }],
  ["returnAfterMin", { returnAfterMin: 4 }],
  ["reportAfterMin", { reportAfterMin: 1.5 }],
  ["csat.askEveryDays", { csat: { askEveryDays: 366 } }],
  ["containment.quietHours", { containment: { quietHours: 24 } }],
  ["containment.lowScore", { containment: { lowScore: 5 } }],
])("a wrong %s is refused by its name, and nothing changes", async (field, wrong) => {
  const before = await (await viewer.get("/settings")).json();
  const answer = await owner.post("/settings", wrong);
  expect(answer.status).toBe(400);
  expect((await answer.json()).error.message).toContain(field);
  expect(await (await viewer.get("/settings")).json()).toEqual(before);
});

test("only an owner changes settings", async () => {
  const agent = await signedInAs(world, "agent");
  expect((await agent.post("/settings", DEFAULT_SETTINGS)).status).toBe(403);
});
