/** What a person did about acts that failed, or whose result nobody knew. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConsoleError } from "../../contracts/console/access.ts";
import type { CustomerActsView } from "../../contracts/console/customer-acts.ts";
import { actsForPeople, customerAct } from "../../db/customer-acts.ts";
import { type Member, signedInAs } from "../console/member.ts";
import { type ActWorld, startActWorld, tap } from "./support.ts";

let own: ActWorld;
let ana: Member;
let eva: Member;
let viewer: Member;
beforeAll(async () => {
  own = await startActWorld();
  [ana, eva, viewer] = [
    await signedInAs(own.world, "agent", "Ana"),
    await signedInAs(own.world, "agent", "Eva"),
    await signedInAs(own.world, "viewer"),
  ];
});
afterAll(() => own.close());

/** An act that ended like this, and where the console has it. */
async function ended(how: "failed" | "unknown" | "executed") {
  const customer = await own.newcomer();
  const id = await own.propose(customer);
  if (how === "failed") own.system.next("refuse");
  if (how === "unknown") own.system.next("lose", "fail", "refuse");
  await own.says(customer, "Confirmar", tap(id));
  expect(await own.act(id)).toMatchObject({ state: how });
  const [row] = await own.world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  return { customer, id, path: `/conversations/${row?.id}/acts` };
}

const settle = async (member: Member, { path, id }: { path: string; id: string }, body: object) => {
  const response = await member.post(`${path}/${id}/settle`, body);
  return { status: response.status, body: (await response.json()) as CustomerActsView & ConsoleError };
};
const BY_HAND = { how: "by_hand", note: " llamé  al sistema \u0000" };

test.each(["failed", "unknown"] as const)(
  "an act that is %s is settled once, and says who did what when",
  async (how) => {
    const act = await ended(how);
    const before = act.customer.replies().length;
    expect((await actsForPeople(own.world)).map(({ id }) => id)).toContain(act.id);
    const { status, body } = await settle(ana, act, BY_HAND);
    expect(status).toBe(200);
    const [shown] = body.acts;
    expect(shown).toMatchObject({ id: act.id, state: how, settled: { how: "by_hand", by: "Ana" } });
    expect(shown?.settled?.note).toMatch(/^llamé +al sistema$/);
    expect(Math.abs(Date.now() - (shown?.settled?.at ?? 0))).toBeLessThan(60_000);
    expect((await actsForPeople(own.world)).map(({ id }) => id)).not.toContain(act.id);
    expect(await customerAct(own.world, act.id)).toMatchObject({ settledHow: "by_hand", settledBy: "Ana" });
    await own.world.drain();
    expect(act.customer.replies()).toHaveLength(before);
    const [line] = await own.world.sql<{ detail: string }>`
    select detail::text from audit_log where act = 'conversation.act_settle' and operator_id = ${ana.operatorId}::uuid order by at desc limit 1`;
    expect(line?.detail).toContain(act.id);
    expect(line?.detail).not.toContain("sistema");
  },
);

test("of two operators at once one settles it, and the other is told who", async () => {
  const act = await ended("failed");
  const answers = await Promise.all([
    settle(ana, act, { how: "by_hand" }),
    settle(eva, act, { how: "dropped", note: "no hace falta" }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [first] = answers.filter(({ status }) => status === 200);
  const [second] = answers.filter(({ status }) => status === 409);
  const by = first?.body.acts[0]?.settled?.by;
  expect(second?.body.error).toMatchObject({ code: "act_settled", by: { name: by } });
  const list = (await (await viewer.get(act.path)).json()) as CustomerActsView;
  expect(list.acts[0]?.settled?.by).toBe(by);
});

test("the same press again is the same; another word of the same person is not taken", async () => {
  const act = await ended("failed");
  const answers = [
    await settle(ana, act, { how: "dropped" }),
    await settle(ana, act, { how: "dropped" }),
    await settle(ana, act, { how: "by_hand" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 409]);
});

test("what was done, or belongs elsewhere, is not for a person; a viewer only looks", async () => {
  const done = await ended("executed");
  expect(await settle(ana, done, { how: "dropped" })).toMatchObject({
    status: 409,
    body: { error: { code: "act_not_open" } },
  });
  const failed = await ended("failed");
  expect((await settle(viewer, failed, { how: "dropped" })).status).toBe(403);
  expect((await settle(ana, { ...failed, path: done.path }, { how: "dropped" })).status).toBe(404);
  for (const body of [
    {},
    { how: "ignored" },
    { how: "dropped", note: "x".repeat(301) },
    { how: "dropped", more: 1 },
  ])
    expect((await settle(ana, failed, body)).status).toBe(400);
  expect(await customerAct(own.world, failed.id)).toMatchObject({ settledHow: null });
});

test("who settled it may leave the company: what they said stays", async () => {
  const act = await ended("failed");
  const gone = await signedInAs(own.world, "agent", "Iris");
  await settle(gone, act, { how: "was_done" });
  await own.world.sql`delete from operators where id = ${gone.operatorId}::uuid`;
  const list = (await (await ana.get(act.path)).json()) as CustomerActsView;
  expect(list.acts[0]?.settled).toMatchObject({ how: "was_done", by: null });
  expect(await settle(ana, act, { how: "dropped" })).toMatchObject({
    status: 409,
    body: { error: { code: "act_settled", message: expect.stringContaining("Somebody") } },
  });
});
