import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { migrate } from "../../db/migrate/migrate.ts";
import { ENGINES } from "../support/postgres.ts";
import { sample } from "../support/seed.ts";
import { type OpenDatabase, openBlank } from "./blank.ts";
import { createSchemaFolder, type SchemaFolder } from "./schema-files.ts";

const FUNCTION = "create or replace function";

describe.each(sample(ENGINES, 1))("functions on %s", (engine) => {
  let opened: OpenDatabase;
  let folder: SchemaFolder;
  beforeAll(async () => {
    opened = await openBlank(engine);
  });
  beforeEach(async () => {
    await opened.connection.exec("drop schema public cascade; create schema public");
    folder = await createSchemaFolder();
    await folder.put("migrations/0001_baseline.sql", "create table orders (id integer)");
    // Before `price` by name, and in a language whose bodies PostgreSQL checks.
    await put("orders/dearest", `${FUNCTION} dearest() returns integer language sql as 'select price(2)'`);
    await put(
      "orders/price",
      `${FUNCTION} price(p_id integer) returns integer language sql as 'select p_id * 10'`,
    );
  });
  afterEach(() => folder.close());
  afterAll(() => opened.close());

  const put = (path: string, sql: string) => folder.put(`functions/${path}.sql`, sql);
  const apply = async () => (await migrate(opened.connection, await folder.read())).functions;
  const value = async (sql: string) =>
    (await opened.connection.query(`select ${sql} as value`)).rows[0]?.value;

  test("are created in any order, and again when their text changes", async () => {
    expect(await apply()).toEqual(["dearest", "price"]);
    expect(await value("dearest()")).toBe(20);
    expect(await apply()).toEqual([]);
    await put(
      "orders/price",
      `${FUNCTION} price(p_id integer) returns integer language sql as 'select p_id * 11'`,
    );
    expect(await apply()).toEqual(["price"]);
    expect(await value("dearest()")).toBe(22);
  });

  test("are dropped with their file, and keep their name in another folder", async () => {
    await apply();
    await folder.remove("functions/orders/dearest.sql");
    await folder.remove("functions/orders/price.sql");
    await put(
      "shop/price",
      `${FUNCTION} price(p_id integer) returns integer language sql as 'select p_id * 10'`,
    );
    expect(await apply()).toEqual([]);
    expect(await value("to_regproc('dearest') is null and to_regproc('price') is not null")).toBe(true);
  });

  test.each([
    ["return type", "price(p_id integer) returns text language sql as $$ select 'x' $$"],
    ["parameter's name", "price(p_order integer) returns integer language sql as 'select 1'"],
    ["parameter's type", "price(p_id text) returns integer language sql as 'select 1'"],
    [
      "added parameter",
      "price(p_id integer, p_of text default '') returns integer language sql as 'select 1'",
    ],
  ])(
    "keep their signature: another %s is refused with the way out, and nothing is changed",
    async (_, changed) => {
      await apply();
      await put("orders/dearest", `${FUNCTION} dearest() returns integer language sql as 'select 3'`);
      await put("orders/price", `${FUNCTION} ${changed}`);
      await expect(apply()).rejects.toThrow(
        /^price\.sql: .*old deployment may still call price.*new name.*next release/,
      );
      expect(await value("dearest()")).toBe(20);
    },
  );

  test("name the file that is wrong, creates nothing of its name, or has the name of another", async () => {
    await put("orders/wrong", `${FUNCTION} wrong() returns integer language sql as 'select 1' nonsense`);
    await expect(apply()).rejects.toThrow(/^wrong\.sql: .*nonsense/);
    await put("orders/wrong", `${FUNCTION} other() returns integer language sql as 'select 1'`);
    await expect(apply()).rejects.toThrow("wrong.sql creates no function of that name");
    await folder.remove("functions/orders/wrong.sql");
    await put("shop/price", `${FUNCTION} price() returns integer language sql as 'select 1'`);
    await expect(apply()).rejects.toThrow("two files of db/functions are named price.sql");
  });

  test("say what still needs a function whose file is gone", async () => {
    await put(
      "orders/note",
      `${FUNCTION} note() returns trigger language plpgsql as 'begin return new; end'`,
    );
    await folder.put("migrations/0002_trigger.sql", "alter table orders add at timestamptz");
    await apply();
    await opened.connection.exec(
      "create trigger noted before insert on orders for each row execute function note()",
    );
    await folder.remove("functions/orders/note.sql");
    await expect(apply()).rejects.toThrow(/^note\.sql is gone, but cannot drop function note\(\)/);
  });

  test("of a newer version are left as they are by an older one", async () => {
    await folder.put("migrations/0002_newer.sql", "alter table orders add at timestamptz");
    await apply();
    await folder.remove("migrations/0002_newer.sql");
    await folder.remove("functions/orders/dearest.sql");
    await put("orders/price", `${FUNCTION} price(p_id integer) returns integer language sql as 'select 9'`);
    expect(await migrate(opened.connection, await folder.read())).toEqual({
      migrations: [],
      functions: [],
      unknown: ["0002_newer.sql"],
    });
    expect(await value("dearest()")).toBe(20);
  });
});
