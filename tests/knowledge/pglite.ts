import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import type { Database, SqlValue } from "../../db/client.ts";

/** An embedded database with what the knowledge base needs, asked directly. */
export async function openPglite(): Promise<{ database: Database; close(): Promise<void> }> {
  const engine = await PGlite.create();
  for (const name of ["0001_conversations", "0002_knowledge"])
    await engine.exec(await readFile(`db/migrations/${name}.sql`, "utf8"));
  const sql = async <Row>(strings: TemplateStringsArray, ...values: SqlValue[]) =>
    (
      await engine.query<Row>(
        strings.reduce((text, part, at) => `${text}$${at}${part}`),
        values,
      )
    ).rows;
  return { database: { sql }, close: () => engine.close() };
}
