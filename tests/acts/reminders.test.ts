/** Reminders of appointments: kept with the act that arranged them, sent once by a template, and never when they are pointless. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createReminderStore } from "../../db/acts.ts";
import { createRetention, deleteCustomers } from "../../db/retention.ts";
import type { RegisteredTemplate } from "../../fakes/graph/rules/templates.ts";
import type { DeclaredTool, Effect } from "../../lib/types/tools/declared.ts";
import type { Customer } from "../support/customer.ts";
import { later } from "../support/later.ts";
import { type ActWorld, bookingTool, proposeAct, startActWorld, tap } from "./support.ts";

const ACCOUNT_ID = "778800000000009";
const HOUR_MS = 3_600_000;
const template = (language: string, words: string, rest: Partial<RegisteredTemplate> = {}) => ({
  ...{ name: "recordatorio", language, parameters: 2, components: [{ type: "BODY", text: words }] },
  ...rest,
});
const TEMPLATES: RegisteredTemplate[] = [
  template("es", "Le esperamos el {{1}}. Código {{2}}."),
  template("en", "See you on {{1}}. Code {{2}}.", { stopped: "paused" }),
];

let own: ActWorld;
let book: DeclaredTool;
let move: DeclaredTool;
let cancel: DeclaredTool;
beforeAll(async () => {
  own = await startActWorld({
    graph: { accountId: ACCOUNT_ID, templates: TEMPLATES },
    env: { WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT_ID },
  });
  const declare = (name: string, effect: Partial<Effect>): DeclaredTool => ({
    ...bookingTool(own.system.url, effect),
    name,
    input: { type: "object", properties: { day: STRING, at: STRING, code: STRING } },
  });
  book = declare("book", { done: { es: "Listo." }, remind: REMIND });
  move = declare("move", { done: { es: "Movida." }, remind: REMIND });
  cancel = declare("cancel", { done: { es: "Cancelada." }, forget: "{code}" });
  await own.declare([book, move, cancel]);
});
afterAll(() => own.close());
afterEach(async () => {
  await own.world.sql`delete from reminders`;
  await own.world.sql`update tenants set profile = profile || '{"timeZone": "America/Lima"}'`;
});

const STRING = { type: "string" };
const REMIND = {
  ...{ at: "{at}", key: "{code}", before: 60, quiet: "none" },
  template: { name: "recordatorio", languageCodes: { es: "es", pt: "pt_BR" } },
  values: ["{day}", "{code}"],
};

interface Arranged {
  tool?: DeclaredTool;
  /** Hours from now. */
  inHours?: number;
  at?: string;
}

/** The customer confirms it, and the system does it. */
async function arranges(customer: Customer, { tool = book, inHours = 3, at }: Arranged = {}): Promise<void> {
  const starts = at ?? new Date(Date.now() + inHours * HOUR_MS).toISOString();
  const input = { day: "2026-12-01", at: starts, code: "C-1" };
  const id = await proposeAct(own.world.sql, customer.phone, tool, input);
  await own.says(customer, "Confirmar", tap(id));
  expect(await own.act(id)).toMatchObject({ state: "executed" });
}

async function tick(): Promise<void> {
  expect((await own.world.resume()).status).toBe(200);
  await own.world.drain();
}

const reminded = (customer: Customer) => customer.replies().filter(({ type }) => type === "template");
const rows = () =>
  own.world.sql<{
    state: string;
    reason: string | null;
    key: string;
  }>`select state, reason, key from reminders`;

test("one is sent once, when its time has come, however many ticks there are; what the customer answers is a turn", async () => {
  const ana = await own.newcomer();
  await arranges(ana);
  await tick();
  expect(reminded(ana)).toEqual([]);
  await later(own.world, "2 hours 5 minutes");
  await Promise.all([tick(), tick(), tick()]);
  await tick();
  expect(reminded(ana)).toHaveLength(1);
  expect(JSON.stringify(reminded(ana)[0]?.body)).toContain('"name":"recordatorio"');
  expect(JSON.stringify(reminded(ana)[0]?.body)).toMatch(/martes, 1 de diciembre de 2026.*C-1/);
  expect(await rows()).toEqual([{ state: "written", reason: null, key: "C-1" }]);
  const [message] = await own.world.sql<{ text: string; state: string; author: string; sends: number }>`
    select m.text, m.state, m.author, m.sends from messages m join reminders r on r.turn_id = m.turn_id`;
  expect(message).toMatchObject({ author: "bot", sends: 1 });
  expect(message?.text).toBe("Le esperamos el martes, 1 de diciembre de 2026. Código C-1.");
  expect(["sent", "delivered", "read"]).toContain(message?.state);
  expect(await own.says(ana, "Gracias")).toHaveLength(1);
});

test("a process that dies when it has written one down leaves it to the next, which sends it once", async () => {
  const ana = await own.newcomer();
  await arranges(ana);
  await later(own.world, "2 hours 5 minutes");
  const store = createReminderStore(own.world);
  const { due } = await store.due(10);
  const message = { kind: "template", name: "recordatorio", languageCode: "es" } as const;
  const parameters = ["martes", "C-1"].map((text) => ({ type: "text" as const, text }));
  const written = { ...message, components: [{ type: "body" as const, parameters }] };
  const settle = { id: due[0]?.id ?? "", outcome: "write", message: written, text: "…" } as const;
  expect(await Promise.all([store.settle(settle), store.settle(settle)])).toEqual(
    expect.arrayContaining(["written", null]),
  );
  expect(reminded(ana)).toEqual([]);
  await later(own.world, "1 minute");
  await Promise.all([tick(), tick()]);
  await tick();
  expect(reminded(ana)).toHaveLength(1);
});

test("a moved appointment has one reminder, of its new time; a cancelled one has none", async () => {
  const ana = await own.newcomer();
  await arranges(ana);
  await arranges(ana, { tool: move, inHours: 30 });
  expect(await rows()).toHaveLength(1);
  await later(own.world, "2 hours 5 minutes");
  await tick();
  expect(reminded(ana)).toEqual([]);
  await arranges(ana, { tool: cancel });
  expect(await rows()).toEqual([]);
  await later(own.world, "27 hours");
  await tick();
  expect(reminded(ana)).toEqual([]);
});

test("one that is written down is withheld when its appointment is cancelled before it is sent", async () => {
  const ana = await own.newcomer();
  await arranges(ana);
  await later(own.world, "2 hours 5 minutes");
  const store = createReminderStore(own.world);
  const message = { kind: "template", name: "recordatorio", languageCode: "es" } as const;
  const parameters = ["martes", "C-1"].map((text) => ({ type: "text" as const, text }));
  const written = { ...message, components: [{ type: "body" as const, parameters }] };
  const [due] = (await store.due(10)).due;
  await store.settle({ id: due?.id ?? "", outcome: "write", message: written, text: "…" });
  await own.world.sql`delete from reminders`;
  await later(own.world, "1 minute");
  await tick();
  expect(reminded(ana)).toEqual([]);
});

test("nothing is kept for a time that has passed, or that the system does not name", async () => {
  const ana = await own.newcomer();
  await arranges(ana, { inHours: 0.5 });
  await arranges(ana, { at: "mañana" });
  await arranges(ana, { at: "2026-02-30T10:00:00Z" });
  expect(await rows()).toEqual([]);
});

test("a customer who wants no more messages gets none", async () => {
  const [ana, eva] = [await own.newcomer(), await own.newcomer()];
  await arranges(ana);
  await own.says(ana, "BAJA");
  const [gone] = await own.world.sql<{ out: boolean }>`
    select opted_out_at is not null as out from customers where phone = ${ana.phone}`;
  expect(gone).toEqual({ out: true });
  // While the system is being called.
  own.system.watch.after = async () => {
    await own.world.sql`update customers set opted_out_at = now() where phone = ${eva.phone}`;
  };
  await arranges(eva);
  own.system.watch.after = undefined;
  expect(await rows()).toHaveLength(1);
  await later(own.world, "2 hours 5 minutes");
  await tick();
  expect([...reminded(ana), ...reminded(eva)]).toEqual([]);
  expect(await rows()).toMatchObject([{ state: "failed", reason: "opted_out" }]);
});

test.each([
  ["en", "template_paused"],
  ["pt_BR", "template_missing"],
])(
  "a template that Meta does not take now, in %s, is not sent, and the row says why",
  async (code, reason) => {
    const ana = await own.newcomer();
    await arranges(ana);
    await own.world.sql`update reminders set language_code = ${code}`;
    await later(own.world, "2 hours 5 minutes");
    await tick();
    await tick();
    expect(reminded(ana)).toEqual([]);
    expect(await rows()).toMatchObject([{ state: "failed", reason }]);
  },
);

test("one that Meta refuses is not sent again, opens no handoff and is no dead letter", async () => {
  const ana = await own.newcomer();
  await arranges(ana);
  await own.world.sql`update reminders set template_values = '["uno", "dos"]'`;
  await later(own.world, "2 hours 5 minutes");
  const store = createReminderStore(own.world);
  const message = { kind: "template", name: "recordatorio", languageCode: "en" } as const;
  const [due] = (await store.due(10)).due;
  await store.settle({ id: due?.id ?? "", outcome: "write", message, text: "…" });
  for (let attempt = 0; attempt < 3; attempt++) {
    await tick();
    await later(own.world, "1 minute");
  }
  expect(reminded(ana)).toEqual([]);
  const [after] = await own.world.sql<Record<string, unknown>>`
    select (select state from turns where id = r.turn_id) as turn, (select state from messages m where m.turn_id = r.turn_id) as message,
           (select count(*)::int from handoffs h where h.conversation_id = r.conversation_id) as handoffs from reminders r`;
  expect(after).toEqual({ turn: "failed", message: "failed", handoffs: 0 });
});

test("one that could not be sent in time is missed; while an operator has the conversation it waits", async () => {
  const ana = await own.newcomer();
  await arranges(ana, { inHours: 9 });
  await own.world
    .sql`update conversations set status = 'human' where id = (select conversation_id from reminders)`;
  const comesNearer = (interval: string) => own.world.sql`
    update reminders set due_at = due_at - ${interval}::interval, next_at = next_at - ${interval}::interval,
      late_at = late_at - ${interval}::interval`;
  await comesNearer("8 hours 5 minutes");
  await tick();
  expect(await rows()).toMatchObject([{ state: "waiting" }]);
  await comesNearer("2 hours");
  await tick();
  expect(await rows()).toMatchObject([{ state: "missed" }]);
  expect(reminded(ana)).toEqual([]);
});

test.each([
  ["America/Lima", "2030-03-04T10:00", "2030-03-04T14:00:00.000Z"],
  ["Asia/Kathmandu", "2030-03-04 10:00:00", "2030-03-04T03:15:00.000Z"],
  ["America/Lima", "2030-03-04T10:00:00+02:00", "2030-03-04T07:00:00.000Z"],
])("in %s, %s is reminded of an hour before", async (timeZone, at, due) => {
  await own.world
    .sql`update tenants set profile = profile || jsonb_build_object('timeZone', ${timeZone}::text)`;
  await arranges(await own.newcomer(), { at });
  const [row] = await own.world.sql<{ due_at: Date | string }>`select due_at from reminders`;
  expect(new Date(row?.due_at ?? 0).toISOString()).toBe(due);
});

test("by default one of the night is sent the evening before, by the company's clock", async () => {
  const { quiet: _none, ...remind } = REMIND;
  const usual = { ...book, effect: { ...book.effect, ask: {}, done: { es: "Listo." }, remind } };
  await own.declare([usual]);
  await arranges(await own.newcomer(), { tool: usual, at: "2030-03-04T08:30" });
  await own.declare([book, move, cancel]);
  const [row] = await own.world.sql<{ due_at: Date | string }>`select due_at from reminders`;
  expect(new Date(row?.due_at ?? 0).toISOString()).toBe("2030-03-04T01:45:00.000Z");
});

test("two records of one customer become one, with one reminder for each appointment: the newest", async () => {
  const [ana, eva] = [await own.newcomer(), await own.newcomer()];
  await arranges(ana, { inHours: 5 });
  await arranges(eva, { inHours: 9 });
  const { sql } = own.world;
  const [merged] = await sql<{ merged: boolean }>`
    select merge_customers((select id from customers where phone = ${ana.phone}), (select id from customers where phone = ${eva.phone})) as merged`;
  expect(merged).toEqual({ merged: true });
  const [left] = await sql<Record<string, unknown>>`
    select count(*)::int as count, bool_and(u.phone = ${ana.phone} and r.starts_at > now() + interval '7 hours') as right
      from reminders r join conversations c on c.id = r.conversation_id join customers u on u.id = c.customer_id`;
  expect(left).toEqual({ count: 1, right: true });
});

test("one that waits keeps its customer from the purge; after it both go, and a deleted customer takes theirs along", async () => {
  const [ana, eva] = [await own.newcomer(), await own.newcomer()];
  await arranges(ana, { inHours: 24 * 40 });
  await arranges(eva, { inHours: 24 * 40 });
  const isThere = async ({ phone }: Customer) => {
    const [row] = await own.world.sql<{ count: number }>`
      select count(*)::int as count from customers where phone = ${phone}`;
    return row?.count === 1;
  };
  const { purge } = createRetention(own.world);
  await later(own.world, "35 days");
  await purge(30, 1_000);
  expect(await rows()).toHaveLength(2);
  expect([await isThere(ana), await isThere(eva)]).toEqual([true, true]);
  await deleteCustomers(own.world, [eva.phone]);
  expect(await rows()).toHaveLength(1);
  await later(own.world, "40 days");
  await tick();
  expect(await rows()).toMatchObject([{ state: "missed" }]);
  await purge(30, 1_000);
  expect(await rows()).toEqual([]);
  expect(await isThere(ana)).toBe(false);
});
