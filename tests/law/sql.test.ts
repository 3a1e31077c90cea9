import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { conversationWriters } from "../../scripts/law/columns.ts";
import { sources } from "../../scripts/law/sources.ts";
import { sqlFunctions, sqlViolations } from "../../scripts/law/sql.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

test("the project keeps the law for SQL", () => {
  expect(sqlFunctions().length).toBeGreaterThan(80);
  expect(sqlFunctions().flatMap(({ file, text }) => sqlViolations(file, text))).toEqual([]);
});

const PRICE = `-- Returns a price.
create or replace function price(p_id integer, out o_cents integer) language plpgsql as $$
declare
  v_order orders;
begin
end $$;
`;

test.each<[rule: string, from: string, to: string]>([
  ["names id without the prefix p_", "p_id", "id"],
  ["names id without the prefix p_", "p_id", "inout id"],
  ["names cents without the prefix o_", "o_cents", "cents"],
  ["names found without the prefix v_", "v_order orders", "v_order orders; found boolean := true"],
  ["does not begin with a comment that says its job", "-- Returns a price.\n", ""],
  ["does not say create or replace function", " or replace", ""],
  ["does not say in its comment what it locks", "begin\n", "begin\n  delete from orders;\n"],
  ["creates cost", "price(", "cost("],
  ["has 86 lines of SQL, more than 80", "begin\n", `begin\n${"perform 1;\n".repeat(81)}`],
])("refuses SQL that %s", (rule, from, to) => {
  expect(sqlViolations("db/functions/orders/price.sql", PRICE)).toEqual([]);
  const broken = sqlViolations("db/functions/orders/price.sql", PRICE.replace(from, to));
  expect(broken.map((violation) => violation.rule)).toContain(rule);
});

test("each column of a conversation is changed by the functions that docs/schema.md names", () => {
  const { writers } = conversationWriters(sqlFunctions());
  const rows = [...read("docs/schema.md").matchAll(/^\| ((?:`\w+`(?:, )?)+) \| ((?:`\w+`(?:, )?)+) \|/gm)];
  const documented = rows.flatMap(([, columns = "", functions = ""]) =>
    names(columns).map((column) => [column, names(functions).sort()] as const),
  );
  expect(Object.fromEntries(Object.entries(writers).map(([column, by]) => [column, by.sort()]))).toEqual(
    Object.fromEntries(documented),
  );
});

test("a conversation is written back by one function, with all columns that may change", () => {
  const { writers, savers } = conversationWriters(sqlFunctions());
  expect(savers).toEqual(["save_conversation"]);
  const saved = [
    ...read("db/functions/conversations/save_conversation.sql").matchAll(
      /^ {6}(\w+) = p_conversation\.(\w+)/gm,
    ),
  ];
  expect(saved.every(([, column, field]) => column === field)).toBe(true);
  expect(saved.map(([, column]) => column).sort()).toEqual(
    Object.keys(writers)
      .filter((column) => column !== "tenant_id")
      .sort(),
  );
  const [, table = ""] = /create table conversations \(\n([\s\S]*?)\n\);/.exec(read("db/schema.sql")) ?? [];
  const columns = [...table.matchAll(/^ {2}(\w+) (?!fkey|check)/gm)].map(([, column]) => column);
  expect(columns.filter((column) => column !== "constraint").sort()).toEqual(
    // By the one that saves: the time of the last write, and its minute.
    [...Object.keys(writers), "id", "created_at", "changed_at", "changed_minute"].sort(),
  );
});

test("no statement outside db/functions writes a conversation", () => {
  const writing = sources(["api", "lib", "tools", "db"]).filter(({ text }) =>
    /\b(update|insert\s+into|delete\s+from)\s+conversations\b/.test(text),
  );
  expect(writing.map(({ file }) => file)).toEqual([]);
});

const names = (list: string): string[] => [...list.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
