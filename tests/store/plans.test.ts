import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { runs } from "../support/seed.ts";
import { inbound, OUR_NUMBER, status } from "./support.ts";

/** Every statement inside the functions, planned on 10,000 users and 200,000 messages (a third outside of CI), as PostgreSQL ran it. */
let database: TestDatabase;
let client: pg.Client;
let plans: string[] = [];

beforeAll(async () => {
  database = await createDatabaseFor("plans");
  client = new pg.Client({ connectionString: database.serverUrl ?? "" });
  await client.connect();
  client.on("notice", ({ message }) => plans.push(message ?? ""));
  await client.query(`
    insert into tenants (phone_number_id) values ('${OUR_NUMBER}');
    insert into customers (tenant_id, phone, name)
      select (select id from tenants), (51900000000 + n)::text, 'Customer ' || n from generate_series(1, ${runs(10_000)}) n;
    insert into conversations (tenant_id, customer_id, received_seq, answered_seq)
      select tenant_id, id, 10, 10 from customers;
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state)
      select gen_random_uuid(), tenant_id, id, 1, 10, 'answered' from conversations;
    insert into messages (tenant_id, conversation_id, direction, wa_message_id, seq, state, type, text, sent_at)
      select c.tenant_id, c.id, case when n % 2 = 0 then 'in' else 'out' end, 'wamid.' || c.id || n,
             case when n % 2 = 0 then n / 2 end, case when n % 2 = 0 then 'received' else 'read' end, 'text', 'words ' || n,
             now() - n * interval '1 hour'
        from conversations c, generate_series(1, 20) n;
    analyze;
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_analyze = off;
    set client_min_messages = log;
  `);
}, 60_000);
afterAll(async () => {
  await client.end();
  await database.close();
});

const call = async (name: string, ...args: unknown[]): Promise<Record<string, unknown>> => {
  const places = args.map((_, index) => `$${index + 1}`).join(", ");
  const { rows } = await client.query(`select ${name}(${places}) as answer`, args);
  return rows[0]?.answer;
};
/** Growing tables that were scanned sequentially. */
const wholeTables = () =>
  plans.flatMap(
    (plan) => plan.match(/Seq Scan on (messages|customers|conversations|turns|tool_calls)\b.*/g) ?? [],
  );

test("no statement of the road reads a growing table from end to end", async () => {
  plans = [];
  const message = inbound({ from: "51900002424" });
  const rest = { admission: "unknown", retryAfterS: null, startsTurn: true };
  const batchOf = (waMessageId: string, claims: boolean) => ({
    phoneNumberIds: [OUR_NUMBER],
    throughputs: {},
    senders: [
      {
        ...{ phoneNumberId: OUR_NUMBER, from: message.from, fromUserId: null, name: "Ana" },
        messages: [{ ...message, ...rest, waMessageId }],
      },
    ],
    statuses: [status({ opaqueId: crypto.randomUUID() })],
    rateLimit: { max: 20, windowS: 60 },
    ...(claims && { claim: { turnId: crypto.randomUUID(), leaseMs: 30_000 } }),
  });
  // Seven times each: after five PostgreSQL settles on plans that know no values.
  for (let time = 0; time < 14; time++) {
    const claims = time % 2 === 0;
    const batch = JSON.stringify(batchOf(`wamid.plan.${time}`, claims));
    const received = (await call("receive_events", batch)) as {
      conversationIds: string[];
      startedTurn: unknown;
    };
    const claim = claims
      ? (received.startedTurn as Record<string, unknown>)
      : await call("claim_turn", received.conversationIds[0], crypto.randomUUID(), 30_000);
    const { conversationId, epoch, turnId, throughSeq } = claim;
    const held = { conversationId, epoch, turnId, throughSeq };
    const id = crypto.randomUUID();
    const record = { stagesMs: {}, errors: [], inputTokens: 1, outputTokens: 1, rounds: 1, rung: "full" };
    await call(
      "draft_reply",
      JSON.stringify({
        ...held,
        parts: [{ id, message: { kind: "text", text: "hi" }, text: "hi", quoteWaMessageId: null }],
        readings: [],
        toolCalls: [],
        handoff: null,
        evenIfOvertaken: false,
        leaseMs: 30_000,
        language: "es",
        record,
      }),
    );
    const parts = [{ id, outcome: "accepted", waMessageId: `wamid.sent.${time}`, metaCode: null }];
    await call(
      "finish_turn",
      JSON.stringify({ ...held, parts, result: "answered", retryAfterMs: 0, record }),
    );
  }
  expect(plans.length).toBeGreaterThan(70);
  expect(wholeTables()).toEqual([]);
});

test("nor does the look-up of a phone with several spellings, whichever comes", async () => {
  plans = [];
  const spellings = ["5491122334242", "541122334242", "54111522334242"];
  for (let time = 0; time < 14; time++) {
    const from = spellings[time % spellings.length];
    const phones = spellings.toSorted((a, b) => Number(b === from) - Number(a === from));
    const message = inbound({ waMessageId: `wamid.spelled.${time}` });
    const messages = [{ ...message, admission: "new", retryAfterS: null, startsTurn: true }];
    const senders = [{ phoneNumberId: OUR_NUMBER, from, phones, fromUserId: null, name: "Ana", messages }];
    const batch = { phoneNumberIds: [OUR_NUMBER], throughputs: {}, senders, statuses: [], rateLimit: {} };
    await call("receive_events", JSON.stringify(batch));
  }
  expect(plans.join("\n")).toMatch(/advisory/);
  expect(wholeTables()).toEqual([]);
});

test("what is left open is found by its index, however many conversations there are", async () => {
  plans = [];
  await client.query("select unread_conversations(50)");
  expect(plans.join("\n")).toContain("conversations_waiting");
  expect(wholeTables()).toEqual([]);
});

test("a webhook reads a hundred of those that wait, however many there are, and the cron no more than it takes", async () => {
  await client.query("begin");
  await client.query("set auto_explain.log_analyze = on");
  const rowsRead = async (limit: number) => {
    plans = [];
    await client.query(`select unread_conversations(${limit})`);
    const reads = plans.join("\n").matchAll(/ using conversations_\w+ .*actual .*rows=([\d.]+) loops=(\d+)/g);
    return Math.max(...[...reads].map(([, rows, loops]) => Number(rows) * Number(loops)));
  };
  await client.query("update conversations set received_seq = 11, unread_since = now() - interval '1 hour'");
  expect(await rowsRead(3)).toBeLessThanOrEqual(100);
  expect(await rowsRead(50)).toBeLessThanOrEqual(60);
  await client.query("update conversations set retry_at = now() + interval '1 minute'");
  expect(await rowsRead(3)).toBeLessThanOrEqual(100);
  expect(wholeTables()).toEqual([]);
  await client.query("rollback");
});

test("the last messages of a conversation come from its index, read once", async () => {
  const { rows } = await client.query("select id from conversations limit 1");
  plans = [];
  await client.query("select history_json(c) from conversations c where id = $1", [rows[0].id]);
  expect(wholeTables()).toEqual([]);
  expect(plans.join("\n").match(/ (using|on) messages_thread/g)).toHaveLength(1);
});

test("the purge finds what is old by time, dead letters and stranded ones by their own indexes", async () => {
  plans = [];
  for (let time = 0; time < 7; time++) await client.query("select purge_batch(365, 1000)");
  await client.query("select dead_letters(50), stranded_conversations()");
  expect(wholeTables()).toEqual([]);
  for (const index of ["messages_created", "turns_started", "conversations_idle", "turns_dead"])
    expect(plans.join("\n")).toContain(index);
  expect(plans.join("\n")).toMatch(/using conversations_unread|on conversations_(unread|waiting)/);
});

test("a deletion is found again by the hash of its id", async () => {
  await client.query(`
    insert into purged_messages (tenant_id, id_hash) select t.id, message_id_hash('wamid.' || n) from tenants t, generate_series(1, 10000) n;
    analyze purged_messages`);
  plans = [];
  for (let time = 0; time < 7; time++)
    await client.query("select was_purged(id, 'wamid.' || $1) from tenants", [time]);
  expect(plans.join("\n")).toContain("purged_messages_pkey");
  expect(plans.join("\n")).not.toContain("Seq Scan on purged_messages");
});

test("people of whom nothing is left are found among thousands, each by the indexes of what there could be", async () => {
  await client.query("begin");
  await client.query(
    "update conversations set window_ends_at = now() - interval '400 days', created_at = now() - interval '999 days'",
  );
  await client.query("update customers set created_at = now() - interval '999 days'");
  plans = [];
  for (let time = 0; time < 7; time++)
    await client.query("select purge_customers(now() - interval '1 day', 1000)");
  expect(wholeTables()).toEqual([]);
  for (const index of ["conversations_idle", "messages_thread", "turns_conversation"])
    expect(plans.join("\n")).toContain(index);
  await client.query("rollback");
});
