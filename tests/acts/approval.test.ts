/** Acts that an operator must approve. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { CustomerActsView } from "../../contracts/console/customer-acts.ts";
import { actsForPeople, customerAct } from "../../db/customer-acts.ts";
import { type Member, signedInAs } from "../console/member.ts";
import type { Customer } from "../support/customer.ts";
import { type ActWorld, bookingTool, startActWorld, tap } from "./support.ts";

let own: ActWorld;
let agent: Member;
let viewer: Member;
const limited = () => bookingTool(own.system.url, { approval: { field: "people", above: 3 } });
beforeAll(async () => {
  own = await startActWorld();
  agent = await signedInAs(own.world, "agent");
  viewer = await signedInAs(own.world, "viewer");
});
afterAll(() => own.close());
beforeEach(() => own.declare([limited()]));

const effectsOf = (actId: string) => own.system.effects.get(`act-${actId}`) ?? 0;
const conversationOf = async ({ phone }: Customer): Promise<string> => {
  const [row] = await own.world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${phone}`;
  return row?.id ?? "";
};

/** A customer who has confirmed a booking for four, which somebody must approve. */
async function confirmed() {
  const ana = await own.newcomer();
  const id = await own.propose(ana, limited());
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual([expect.stringContaining("tiene que aprobarlo")]);
  expect(effectsOf(id)).toBe(0);
  return { ana, id, path: `/conversations/${await conversationOf(ana)}/acts` };
}

const decide = async (member: Member, path: string) => {
  const response = await member.post(path, {});
  await own.world.drain();
  return response;
};

test("what an operator approves is done once, and its customer is told", async () => {
  const { ana, id, path } = await confirmed();
  const before = ana.replies().length;
  const shown = (await (await agent.get(path)).json()) as CustomerActsView;
  expect(shown.acts).toMatchObject([
    {
      id,
      state: "awaiting_approval",
      input: [
        { field: "day", value: "viernes" },
        { field: "people", value: "4" },
      ],
    },
  ]);
  const answers = [
    await decide(agent, `${path}/${id}/approve`),
    await decide(agent, `${path}/${id}/approve`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 409]);
  expect(effectsOf(id)).toBe(1);
  expect(
    ana
      .replies()
      .slice(before)
      .map(({ text }) => text),
  ).toEqual([expect.stringContaining("tu reserva es la R-")]);
  expect(await own.act(id)).toMatchObject({ state: "executed", told: true });
  const [line] = await own.world.sql<{ act: string }>`
    select act from audit_log where act = 'conversation.act_approve' order by at desc limit 1`;
  expect(line).toBeDefined();
});

test("what an operator refuses is not done, and its customer is told", async () => {
  const { ana, id, path } = await confirmed();
  const before = ana.replies().length;
  expect((await decide(agent, `${path}/${id}/refuse`)).status).toBe(200);
  expect(effectsOf(id)).toBe(0);
  expect(
    ana
      .replies()
      .slice(before)
      .map(({ text }) => text),
  ).toEqual([expect.stringContaining("no se puede hacer")]);
  expect(await own.act(id)).toMatchObject({ state: "cancelled", code: "refused", told: true });
});

test("who may only look decides nothing", async () => {
  const { id, path } = await confirmed();
  expect((await decide(viewer, `${path}/${id}/approve`)).status).toBe(403);
  expect((await viewer.get(path)).status).toBe(200);
  expect(await own.act(id)).toMatchObject({ state: "awaiting_approval" });
  expect(await actsForPeople(own.world)).toMatchObject([{ id, state: "awaiting_approval" }]);
  expect(await customerAct(own.world, id)).toMatchObject({ idempotencyKey: `act-${id}`, told: false });
});

test("the customer may change their mind until it is approved", async () => {
  const { ana, id, path } = await confirmed();
  expect(await own.says(ana, "No", tap(id, "no"))).toEqual(["De acuerdo, no hice nada."]);
  expect((await decide(agent, `${path}/${id}/approve`)).status).toBe(409);
  expect(effectsOf(id)).toBe(0);
});

test("up to the limit nobody is asked", async () => {
  await own.declare([bookingTool(own.system.url, { approval: { field: "people", above: 4 } })]);
  const ana = await own.newcomer();
  const id = await own.propose(ana, bookingTool(own.system.url, { approval: { field: "people", above: 4 } }));
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual([expect.stringContaining("tu reserva es la R-")]);
});
