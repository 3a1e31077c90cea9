import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDatabase, type Database, type SqlValue } from "../../db/client.ts";
import { startStores } from "../support/stores.ts";
import { callEverything } from "./release.ts";

/** One statement of the previous release, with the rows that it got. */
interface Recorded {
  text: string;
  values: SqlValue[];
  rows: unknown[];
}

const FIXTURE = join(import.meta.dirname, "../fixtures/previous-release.json");
const DB = join(import.meta.dirname, "../../db");

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const stores = await startStores();
  await work(createDatabase(stores.databaseUrl, { timeoutMs: 30_000 }));
  await stores.close();
}

function recording(database: Database, calls: Recorded[]): Database {
  return {
    async sql<Row>(strings: TemplateStringsArray, ...values: SqlValue[]): Promise<Row[]> {
      const rows = await database.sql<Row>(strings, ...values);
      calls.push({ text: strings.join("$?"), values, rows });
      return rows;
    },
  };
}

/** The tagged templates of `db/*.ts`: what a release asks. */
const statements = (): number =>
  readdirSync(DB)
    .filter((name) => name.endsWith(".ts") && name !== "client.ts")
    .flatMap((name) => readFileSync(join(DB, name), "utf8").match(/\bsql(?:<[^`]*?>)?`/g) ?? []).length;

test("the calls that stand for a release are all of its statements", async () => {
  await withDatabase(async (database) => {
    const calls: Recorded[] = [];
    await callEverything(recording(database, calls));
    expect(new Set(calls.map(({ text }) => text)).size).toBe(statements());
    if (process.env.RECORD_RELEASE)
      writeFileSync(FIXTURE, `${JSON.stringify({ recordedAtMs: Date.now(), calls }, null, 1)}\n`);
  });
});

test("what the previous release asks is answered as it was", async () => {
  const { recordedAtMs, calls }: { recordedAtMs: number; calls: Recorded[] } = JSON.parse(
    readFileSync(FIXTURE, "utf8"),
  );
  const sinceMs = Date.now() - recordedAtMs;
  await withDatabase(async (database) => {
    const ids = new Map<string, string>();
    for (const { text, values, rows } of calls) {
      const strings = Object.assign(text.split("$?"), { raw: [] });
      const asked = values.map((value) => later(renamed(value, ids), sinceMs));
      const answer: unknown[] = JSON.parse(JSON.stringify(await database.sql(strings, ...asked)));
      expect(shapeOf(answer), text).toMatchObject(shapeOf(rows) as object);
      learnIds(rows, answer, ids);
    }
  });
});

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Ids that the database made are others each time. */
function renamed(value: SqlValue, ids: ReadonlyMap<string, string>): SqlValue {
  return typeof value === "string" ? value.replace(UUID, (id) => ids.get(id) ?? id) : value;
}

/** The customer's messages are as old as they were: Meta's window depends on it. */
function later(value: SqlValue, byMs: number): SqlValue {
  if (typeof value !== "string") return value;
  return value.replace(
    /("(?:timestampMs|givenTimeMs)":)(\d+)/g,
    (_, name, ms) => `${name}${Number(ms) + byMs}`,
  );
}

function learnIds(before: unknown, now: unknown, ids: Map<string, string>): void {
  if (typeof before === "string" && typeof now === "string") {
    if (before.match(UUID)?.[0] === before) ids.set(before, now);
  } else if (isObject(before) && isObject(now))
    for (const [key, value] of Object.entries(before)) learnIds(value, now[key], ids);
}

/** The answer's fields and the kinds of their values; a field more than before is none that the old release reads. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
  return value === null ? null : typeof value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
