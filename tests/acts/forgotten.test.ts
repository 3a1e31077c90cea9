/** What is left of acts and reminders when their customer is forgotten, or their time is over. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRetention, deleteCustomers } from "../../db/retention.ts";
import { signedInAs } from "../console/member.ts";
import { later } from "../support/later.ts";
import { type ActWorld, bookingTool, proposeAct, startActWorld, tap } from "./support.ts";

let own: ActWorld;
beforeAll(async () => {
  own = await startActWorld();
});
afterAll(() => own.close());

/** A customer with a reminder, and with an act that failed and that somebody has settled with a note. */
async function customerWithActs() {
  const STRING = { type: "string" };
  const remind = {
    ...{ at: "{at}", key: "{code}", before: 60, values: [], quiet: "none" },
    template: { name: "recordatorio", languageCodes: { es: "es" } },
  };
  const tool = {
    ...bookingTool(own.system.url, { remind }),
    input: { type: "object", properties: { day: STRING, at: STRING, code: STRING } },
  };
  await own.declare([tool]);
  const customer = await own.newcomer();
  const at = new Date(Date.now() + 3 * 3_600_000).toISOString();
  for (const fault of [null, "refuse"] as const) {
    if (fault) own.system.next(fault);
    const id = await proposeAct(own.world.sql, customer.phone, tool, { day: "2026-12-01", at, code: "C-1" });
    await own.says(customer, "Confirmar", tap(id));
  }
  const [failed] = await own.world.sql<{ id: string; conversation: string }>`
    select a.id, a.conversation_id as conversation from acts a join customers u on u.id = a.customer_id
      where u.phone = ${customer.phone} and a.state = 'failed'`;
  const ana = await signedInAs(own.world, "agent", "Ana");
  const path = `/conversations/${failed?.conversation}/acts/${failed?.id}/settle`;
  expect((await ana.post(path, { how: "by_hand", note: "llamé a Rosa" })).status).toBe(200);
  return { customer, conversationId: failed?.conversation ?? "" };
}

const count = async (conversationId: string) => {
  const [row] = await own.world.sql<{ acts: number; reminders: number }>`
    select (select count(*)::int from acts where conversation_id = ${conversationId}::uuid) as acts,
           (select count(*)::int from reminders where conversation_id = ${conversationId}::uuid) as reminders`;
  return row;
};

test("a forgotten customer leaves no act, no note about one and no reminder; another's stay", async () => {
  const [gone, stays] = [await customerWithActs(), await customerWithActs()];
  await deleteCustomers(own.world, [gone.customer.phone]);
  expect(await count(gone.conversationId)).toEqual({ acts: 0, reminders: 0 });
  expect(await count(stays.conversationId)).toEqual({ acts: 2, reminders: 1 });
  // In whatever table has a conversation, none is left but the audit log's line, which holds no text.
  await own.world.sql`
    create function rows_in(p_table text, p_conversation_id uuid) returns integer language plpgsql as $$
    declare v_count integer;
    begin
      execute format('select count(*) from %I where conversation_id = $1', p_table) into v_count using p_conversation_id;
      return v_count;
    end $$`;
  const tables = await own.world.sql<{ name: string; left: number }>`
    select table_name as name, rows_in(table_name, ${gone.conversationId}::uuid) as left from information_schema.columns
      where table_schema = 'public' and column_name = 'conversation_id' and table_name <> 'audit_log'`;
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["acts", "messages", "reminders"]));
  expect(tables.filter(({ left }) => left > 0)).toEqual([]);
});

test("the purge deletes settled and cancelled ones with the messages of their time", async () => {
  const { customer, conversationId } = await customerWithActs();
  await own.world
    .sql`update reminders set state = 'cancelled' where conversation_id = ${conversationId}::uuid`;
  const { purge } = createRetention(own.world);
  await later(own.world, "20 days");
  await purge(30, 1_000);
  expect(await count(conversationId)).toEqual({ acts: 2, reminders: 1 });
  await later(own.world, "20 days");
  // Who still writes stays: what is gone did not go with its customer.
  await own.says(customer, "hola");
  await purge(30, 1_000);
  expect(await count(conversationId)).toEqual({ acts: 0, reminders: 0 });
  const [row] = await own.world.sql<{ there: boolean }>`
    select exists (select 1 from conversations where id = ${conversationId}::uuid) as there`;
  expect(row).toEqual({ there: true });
});
