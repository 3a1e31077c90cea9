import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readSchemaFiles } from "../../db/migrate/files.ts";
import { migrate } from "../../db/migrate/migrate.ts";
import { describeSchema } from "../../db/migrate/schema.ts";
import { ENGINES } from "../support/postgres.ts";
import { sample } from "../support/seed.ts";
import { openBlank } from "./blank.ts";

test.each(sample(ENGINES, 1))(
  "db/schema.sql is what the migrations and functions make on %s",
  async (engine) => {
    const { connection, close } = await openBlank(engine);
    const files = await readSchemaFiles();
    await migrate(connection, files);
    const written = await readFile(new URL("../../db/schema.sql", import.meta.url), "utf8");
    expect(written, "npm run schema").toBe(await describeSchema(connection, files));
    await close();
  },
);

test("every function's body is valid where its file was applied without a look at it", async () => {
  const { connection, close } = await openBlank("PostgreSQL");
  const files = await readSchemaFiles();
  await migrate(connection, files);
  for (const { sql } of files.functions) await connection.exec(sql);
  await close();
});
