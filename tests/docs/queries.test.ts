import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { read } from "./pages.ts";

const QUERIES = ["runbook", "operations"].flatMap((page) => {
  return [...read(`docs/${page}.md`).matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, sql]) => ({
    page,
    sql: sql ?? "",
  }));
});

let database: TestDatabase;
const client = () => new pg.Client({ connectionString: database.serverUrl ?? "" });

beforeAll(async () => {
  database = await createDatabaseFor("docs");
});
afterAll(() => database.close());

test.each(QUERIES)("docs/$page.md: $sql runs as it is written", async ({ sql }) => {
  const connection = client();
  await connection.connect();
  await expect(connection.query(sql)).resolves.toBeDefined();
  await connection.end();
});

test("the pages hold queries", () => {
  expect(QUERIES.length).toBeGreaterThan(10);
});
