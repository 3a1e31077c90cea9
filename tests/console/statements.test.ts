import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");
const filesOf = (folder: string, end: string) =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);

/** Statements about persons rather than companies, by what they ask for instead: a session's or an invitation's token, or oneself. */
const OF_PERSONS = [
  /^select find_session\(/,
  /^select start_session\(/,
  /^select accept_invitation\(/,
  /^select i\.email, t\.profile/,
  /\bfrom sessions\b[\s\S]*\boperator_id = \$/,
  /^delete from sessions where [^;]*\boperator_id = \$/,
  /\bfrom operators where email = \$/,
  /\bupdate operators set [^;]*where id = \$/,
  /\bfrom tenants where phone_number_id = \$/,
];

interface Statement {
  file: string;
  sql: string;
}

const STATEMENTS: Statement[] = filesOf("db/console", ".ts").flatMap((file) =>
  [...read(file).matchAll(/\bsql(?:<[^`]*?>)?`([^`]*)`/g)].map(([, sql = ""]) => ({ file, sql: sql.trim() })),
);
const isOfPersons = ({ sql }: Statement) => OF_PERSONS.some((pattern) => pattern.test(sql));
const namesTenant = (sql: string): boolean => /tenant_?id/i.test(sql) || /tenantId/.test(givenWhole(sql));

/** The function that gets all it asks by as one JSON value; empty for any other statement. */
function givenWhole(sql: string): string {
  const name = /^select (\w+)\(\$\{JSON\.stringify\(\w+\)\}::jsonb\)/.exec(sql)?.[1];
  const file = name && filesOf("db/functions/console", `/${name}.sql`)[0];
  return file ? read(file) : "";
}

test("every statement of the console names its company, unless it is about the person who asks", () => {
  expect(STATEMENTS.length).toBeGreaterThan(20);
  expect(STATEMENTS.filter((each) => !namesTenant(each.sql) && !isOfPersons(each))).toEqual([]);
});

/** Tables that belong to companies. */
const TABLES = [...read("db/schema.sql").matchAll(/^create (?:unlogged )?table (\w+) \(([\s\S]*?)^\);/gm)]
  .filter(([, , columns = ""]) => /^ {2}tenant_id /m.test(columns))
  .map(([, name = ""]) => name);

test.each([...filesOf("db/functions/console", ".sql"), ...filesOf("db/functions/versions", ".sql")])(
  "%s asks by its company, or for what its caller has found",
  (file) => {
    expect(TABLES).toEqual(expect.arrayContaining(["conversations", "messages", "audit_log", "notes"]));
    const sql = read(file).replace(/--.*$/gm, "");
    const asked = TABLES.filter((table) =>
      new RegExp(`\\b(from|join|into|update|using)\\s+${table}\\b`).test(sql),
    );
    // The purge and the search's index are for all companies.
    if (/\/(purge_audit_log|unindexed_messages)\.sql$/.test(file)) return;
    const isGiven =
      /function \w+\(p_(conversation|conversation_id|ids|handoff_ids|token_hash|message|turn)\b/.test(sql);
    expect(isGiven || namesTenant(sql) ? [] : asked).toEqual([]);
  },
);
