/** Reminders as people see them in the console, and cancel them. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ConsoleError } from "../../contracts/console/access.ts";
import type { CustomerActsView } from "../../contracts/console/customer-acts.ts";
import { type Member, signedInAs } from "../console/member.ts";
import type { Customer } from "../support/customer.ts";
import { later } from "../support/later.ts";
import { type ActWorld, bookingTool, proposeAct, startActWorld, tap } from "./support.ts";

const ACCOUNT_ID = "778800000000010";
const HOUR_MS = 3_600_000;

let own: ActWorld;
let ana: Member;
let eva: Member;
let viewer: Member;
beforeAll(async () => {
  const components = [{ type: "BODY", text: "Le esperamos. Código {{1}}." }];
  own = await startActWorld({
    graph: {
      accountId: ACCOUNT_ID,
      templates: [{ name: "recordatorio", language: "es", parameters: 1, components }],
    },
    env: { WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT_ID },
  });
  [ana, eva, viewer] = [
    await signedInAs(own.world, "agent", "Ana"),
    await signedInAs(own.world, "agent", "Eva"),
    await signedInAs(own.world, "viewer"),
  ];
});
afterAll(() => own.close());
afterEach(() => own.world.sql`delete from reminders`);

/** A customer with an appointment in three hours, of which they are reminded an hour before. */
async function booked() {
  const remind = {
    ...{ at: "{at}", key: "{code}", before: 60, quiet: "none" },
    ...{ template: { name: "recordatorio", languageCodes: { es: "es" } }, values: ["{code}"] },
  };
  const STRING = { type: "string" };
  const tool = {
    ...bookingTool(own.system.url, { remind }),
    input: { type: "object", properties: { day: STRING, at: STRING, code: STRING } },
  };
  await own.declare([tool]);
  const customer = await own.newcomer();
  const startsAt = Math.floor(Date.now() / 1000) * 1000 + 3 * HOUR_MS;
  const input = { day: "2026-12-01", at: new Date(startsAt).toISOString(), code: "C-1" };
  const id = await proposeAct(own.world.sql, customer.phone, tool, input);
  await own.says(customer, "Confirmar", tap(id));
  const [row] = await own.world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${customer.phone}`;
  return { customer, startsAt, path: `/conversations/${row?.id}` };
}

const look = async (path: string, member: Member = viewer) =>
  (await (await member.get(`${path}/acts`)).json()) as CustomerActsView;
const first = async (path: string) => (await look(path)).reminders[0];
const cancel = async (member: Member, path: string, id = "") => {
  const response = await member.post(`${path}/reminders/${id}/cancel`, {});
  return { status: response.status, body: (await response.json()) as CustomerActsView & ConsoleError };
};
const tick = async () => {
  await own.world.resume();
  await own.world.drain();
};
const reminded = (customer: Customer) => customer.replies().filter(({ type }) => type === "template").length;

test("what is planned, and what was sent, with the company's time zone", async () => {
  const { customer, startsAt, path } = await booked();
  const view = await look(path);
  expect(view.timeZone).toBe("America/Lima");
  expect(view.reminders).toMatchObject([
    {
      key: "C-1",
      template: "recordatorio",
      state: "planned",
      reason: null,
      startsAt,
      dueAt: startsAt - HOUR_MS,
    },
  ]);
  await later(own.world, "2 hours 5 minutes");
  await tick();
  expect(reminded(customer)).toBe(1);
  expect(await first(path)).toMatchObject({ state: "sent" });
  for (const [message, state] of [
    ["draft", "sending"],
    ["failed", "undelivered"],
    ["withheld", "withheld"],
    ["played", "sent"],
  ] as const) {
    await own.world
      .sql`update messages set state = ${message} where turn_id in (select turn_id from reminders)`;
    expect(await first(path)).toMatchObject({ state });
  }
});

test("one that was missed or could not be sent says why", async () => {
  const { path } = await booked();
  await own.world.sql`update reminders set state = 'failed', reason = 'template_missing'`;
  expect(await first(path)).toMatchObject({ state: "failed", reason: "template_missing" });
  await own.world.sql`update reminders set state = 'missed', reason = null`;
  expect(await first(path)).toMatchObject({ state: "missed", reason: null });
});

test("one that is cancelled is not sent; who is second hears who was first", async () => {
  const { customer, path } = await booked();
  const id = (await first(path))?.id;
  expect((await cancel(viewer, path, id)).status).toBe(403);
  const done = await cancel(ana, path, id);
  expect(done).toMatchObject({
    status: 200,
    body: { reminders: [{ state: "cancelled", cancelledBy: "Ana" }] },
  });
  expect((await cancel(ana, path, id)).status).toBe(200);
  expect(await cancel(eva, path, id)).toMatchObject({
    status: 409,
    body: { error: { code: "reminder_cancelled", by: { name: "Ana" } } },
  });
  await later(own.world, "2 hours 5 minutes");
  await tick();
  expect(reminded(customer)).toBe(0);
  const [line] = await own.world.sql<{ count: number }>`
    select count(*)::int as count from audit_log where act = 'conversation.reminder_cancel' and operator_id = ${ana.operatorId}::uuid`;
  expect(line?.count).toBeGreaterThan(0);
});

test("one that was sent, or belongs to another conversation, is not cancelled", async () => {
  const { path } = await booked();
  const id = (await first(path))?.id;
  const other = await own.newcomer();
  const [row] = await own.world.sql<{ id: string }>`
    select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${other.phone}`;
  expect((await cancel(ana, `/conversations/${row?.id}`, id)).status).toBe(404);
  await later(own.world, "2 hours 5 minutes");
  await tick();
  expect(await cancel(ana, path, id)).toMatchObject({
    status: 409,
    body: { error: { code: "reminder_over" } },
  });
  await own.world
    .sql`update reminders set state = 'waiting', late_at = clock_timestamp() - interval '1 second'`;
  expect((await cancel(ana, path, id)).status).toBe(409);
});

test("cancelled while it is being sent, it is either cancelled or sent", async () => {
  for (let round = 0; round < 6; round++) {
    const { customer, path } = await booked();
    const id = (await first(path))?.id;
    await later(own.world, "2 hours 5 minutes");
    const [sending, ...cancelled] = await Promise.all([
      tick(),
      cancel(ana, path, id),
      ...(round % 2 === 0 ? [cancel(eva, path, id)] : []),
    ]);
    expect(sending).toBeUndefined();
    await tick();
    const done = cancelled.filter(({ status }) => status === 200).length;
    expect(done + reminded(customer)).toBe(1);
    expect(await first(path)).toMatchObject({ state: done === 1 ? "cancelled" : "sent" });
    await own.world.sql`delete from reminders`;
  }
});
