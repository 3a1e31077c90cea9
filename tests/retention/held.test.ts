import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";

let database: TestDatabase;
let holder: pg.Client;
let purger: pg.Client;

beforeAll(async () => {
  database = await createDatabaseFor("held");
  holder = new pg.Client({ connectionString: database.serverUrl ?? "" });
  purger = new pg.Client({ connectionString: database.serverUrl ?? "", lock_timeout: 1 });
  await Promise.all([holder.connect(), purger.connect()]);
  await holder.query(`
    insert into tenants (phone_number_id) values ('1');
    insert into customers (tenant_id, phone) select id, n::text from tenants, generate_series(1, 3) n;
    insert into conversations (tenant_id, customer_id) select tenant_id, id from customers;
    insert into messages (tenant_id, conversation_id, direction, state, type, wa_message_id, sent_at, created_at)
      select tenant_id, id, 'in', 'received', 'text', row_number() over (order by id), now(), now() - interval '9 days'
        from conversations;
    insert into early_statuses (tenant_id, wa_message_id, state, received_at)
      select id, n, 'sent', now() - interval '9 days' from tenants, generate_series(1, 2) n;
  `);
});
afterAll(async () => {
  await Promise.all([holder.end(), purger.end()]);
  await database.close();
});

const purge = async () => {
  const { rows } = await purger.query("select purge_batch(8, 100) as purged");
  return rows[0]?.purged;
};

test("a purge waits for no lock: a held conversation, message or report is left to the next one", async () => {
  await holder.query("begin");
  await holder.query("select from conversations order by id limit 1 for update");
  await holder.query("select from messages where wa_message_id = '3' for update");
  await holder.query("select from early_statuses where wa_message_id = '1' for update");
  expect(await purge()).toMatchObject({ messages: 1, earlyStatuses: 1 });
  await holder.query("commit");
  expect(await purge()).toMatchObject({ messages: 2, earlyStatuses: 1 });
});
