import { expect, test } from "vitest";
import type { Database } from "../../db/client.ts";
import { DatabaseError } from "../../db/error.ts";

/** Outcome of a statement: a DatabaseError's code, or the result. */
export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "no error",
    (error) => (error instanceof DatabaseError ? error.code : error),
  );

/** Contract of every way to the database. Needs a table `fruit (name text constraint fruit_once unique, eaten boolean)`. */
export function databaseContract(of: () => Database): void {
  test("gives values back as it promises", async () => {
    const text = `"'\\ {},$1 ñandú 🎉\n`;
    const rows = await of().sql`select ${text} as text, ${-7}::integer as integer, 1.5::float8 as float,
      ${true}::boolean as yes, ${false}::boolean as no, ${null}::text as nothing, 9007199254740993 as big,
      1.10::numeric as exact, ${JSON.stringify({ a: [text] })}::jsonb as json, '2026-01-02T03:04:05Z'::timestamptz as at,
      array[1, 2] as list, array[]::text[] as empty, '\\xff'::bytea is not null as bytes`;
    expect(rows).toEqual([
      {
        text,
        integer: -7,
        float: 1.5,
        yes: true,
        no: false,
        nothing: null,
        big: "9007199254740993",
        exact: "1.10",
        json: { a: [text] },
        at: new Date("2026-01-02T03:04:05Z"),
        list: [1, 2],
        empty: [],
        bytes: true,
      },
    ]);
  });

  test("carries a megabyte each way", async () => {
    const text = "ñ".repeat(1_000_000);
    expect(await of().sql`select ${text} as text`).toEqual([{ text }]);
  });

  test("passes on the state and the constraint of an error, and no value", async () => {
    const { sql } = of();
    await sql`insert into fruit values ('51987654321', false)`;
    const error: unknown = await sql`insert into fruit values (${"51987654321"}, false)`.catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ code: "23505", message: "database: 23505 (fruit_once)" });
    expect(JSON.stringify(error) + String(error)).not.toContain("51987654321");
    const invalid: unknown = await sql`select ${"51987654321"}::uuid`.catch((thrown) => thrown);
    expect(String(invalid)).toBe("DatabaseError: database: 22P02");
    expect(String(await sql`select colour from fruit`.catch((thrown) => thrown))).toContain('"colour"');
  });

  test("goes on after errors of every phase", async () => {
    const { sql } = of();
    expect(await codeOf(sql`selec 1`)).toBe("42601");
    expect(await codeOf(sql`select ${"x"}::integer`)).toBe("22P02");
    expect(await codeOf(sql`select 1 / ${0}::integer`)).toBe("22012");
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test("answers many at once, each with its own", async () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const answers = await Promise.all(numbers.map((n) => of().sql<{ n: number }>`select ${n}::integer as n`));
    expect(answers.map(([row]) => row?.n)).toEqual(numbers);
  });
}
