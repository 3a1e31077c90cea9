import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AuditPage } from "../../contracts/console/access.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { company, operator } from "./visitor.ts";

let world: World;
let tenantId: string;
let ana: Awaited<ReturnType<typeof operator>>;
let conversationId: string;

beforeAll(async () => {
  world = await startWorld({ endpoints: true });
  tenantId = await company(world, WORLD.phoneNumberId);
  ana = await operator(world, { role: "owner", email: "ana@example.com", tenantId });
  await world.customer("51930002001").send("hola");
  await world.drain();
  const [row] = await world.sql<{
    id: string;
  }>`select id from conversations where tenant_id = ${tenantId}::uuid`;
  conversationId = row?.id ?? "";
});
afterAll(() => world.close());
const empty = () => world.sql`
  do $$ begin perform set_config('session_replication_role', 'replica', true); delete from audit_log; end $$`;
beforeEach(empty);
afterEach(() => world.neon.setFault(null));

/** Adds lines straight to the table. */
const add = (count: number, detail = "{}") => world.sql`
  insert into audit_log (tenant_id, operator_email, act, detail)
    select ${tenantId}::uuid, 'ana@example.com', 'act ' || i, ${detail}::jsonb from generate_series(1, ${count}::int) i`;
const read = async (before: string | null) =>
  (await (
    await ana.get(`/t/${tenantId}/audit${before === null ? "" : `?before=${before}`}`)
  ).json()) as AuditPage;
const open = () => ana.get(`/t/${tenantId}/conversations/${conversationId}`);

test("a look into a conversation is one line, however often the page looks within five minutes", async () => {
  for (let look = 0; look < 3; look++) expect((await open()).status).toBe(200);
  const { entries } = await read(null);
  expect(entries).toMatchObject([
    { operator: "ana@example.com", act: "conversation.open", conversationId, detail: {} },
  ]);
  await empty();
  await world.sql`
    insert into audit_log (tenant_id, operator_id, operator_email, act, conversation_id, at)
      values (${tenantId}::uuid, ${ana.id}::uuid, 'ana@example.com', 'conversation.open', ${conversationId}::uuid,
              clock_timestamp() - interval '6 minutes')`;
  await open();
  expect((await read(null)).entries).toHaveLength(2);
});

test("what cannot be written down is neither shown nor done", async () => {
  world.neon.setFault((sql) => (sql.includes("record_audit") ? { status: 503 } : null));
  for (const response of [
    await open(),
    await ana.post(`/t/${tenantId}/invitations`, { email: "eva@example.com", role: "agent" }),
  ]) {
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "database_away" } });
  }
  world.neon.setFault(null);
  const [row] = await world.sql<{ made: number }>`select count(*)::int as made from invitations`;
  expect(row?.made).toBe(0);
});

test("an act says what was asked for, and never a text", async () => {
  await ana.post(`/t/${tenantId}/operators/${ana.id}/role`, { role: "viewer" });
  await ana.post(`/t/${tenantId}/conversations/${conversationId}/notes`, {
    id: crypto.randomUUID(),
    text: "secret words",
  });
  const { entries } = await read(null);
  expect(entries.map(({ act, detail }) => ({ act, detail }))).toEqual([
    { act: "conversation.notes", detail: {} },
    { act: "operator.role", detail: { operator: ana.id, role: "viewer" } },
  ]);
});

test.each([
  ["changed", "update audit_log set act = 'nothing'"],
  ["deleted", "delete from audit_log"],
  ["emptied", "truncate audit_log"],
])("a line cannot be %s", async (_, statement) => {
  await add(1);
  const strings = Object.assign([statement], { raw: [statement] });
  await expect(world.sql(strings)).rejects.toThrow("23001");
  expect((await read(null)).entries).toHaveLength(1);
});

test("lines go with their company, and by the purge after two years", async () => {
  const gone = await company(world, "300000000000009");
  await world.sql`insert into audit_log (tenant_id, operator_email, act) values (${gone}::uuid, 'x', 'old')`;
  await world.sql`delete from tenants where id = ${gone}::uuid`;
  await add(1);
  await world.sql`
    insert into audit_log (tenant_id, operator_email, act, at)
      values (${tenantId}::uuid, 'x', 'old', clock_timestamp() - interval '731 days'),
             (${tenantId}::uuid, 'x', 'recent', clock_timestamp() - interval '729 days')`;
  await world.sql`select purge_batch(8, 100)`;
  expect((await read(null)).entries.map(({ act }) => act)).toEqual(["recent", "act 1"]);
});

test("owners read it page by page, newest first", async () => {
  await add(120);
  const first = await read(null);
  const second = await read(first.next);
  const third = await read(second.next);
  expect([first, second, third].map(({ entries }) => entries.length)).toEqual([50, 50, 20]);
  expect(first.entries[0]?.act).toBe("act 120");
  expect(third).toMatchObject({ next: null });
  expect((await ana.get(`/t/${tenantId}/audit?before=1%20or%201=1`)).status).toBe(400);
});

test("all of it comes as CSV, in pieces, with a count for the progress, and runs in no spreadsheet", async () => {
  await add(2_300);
  await add(1, JSON.stringify({ name: '=cmd|" /C calc"!A0', note: "two\nlines" }));
  await world.sql`
    insert into audit_log (tenant_id, operator_email, act) select ${tenantId}::uuid, unnest(array['=1+1', '+1', '-1', '@SUM(1)', ' =1']), 'x'`;
  const response = await ana.get(`/t/${tenantId}/audit.csv`);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/,
  );
  expect(response.headers.get("x-total-lines")).toBe("2307");
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
  expect(text.startsWith("\uFEFFtime,operator,act,conversation,detail\r\n")).toBe(true);
  const lines = text.split("\r\n");
  expect(lines).toHaveLength(2_309);
  expect(lines[1]).toContain('"audit.download"');
  const cells = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = ""]) => cell);
  expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
  expect(text).toContain('"name: =cmd|"" /C calc""!A0; note: two\nlines"');
});

test("a name that is a formula in the first cell of a line is quoted too", async () => {
  await world.sql`insert into audit_log (tenant_id, operator_email, act) values (${tenantId}::uuid, '=HYPERLINK("http://x")', 'x')`;
  expect(await (await ana.get(`/t/${tenantId}/audit.csv`)).text()).toContain(`"'=HYPERLINK(""http://x"")"`);
});
