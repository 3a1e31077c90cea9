/** What the runner needs of a database: `pg` and PGlite both have it. One connection, not a pool. */
export interface MigrationConnection {
  query(text: string, params?: string[]): Promise<{ rows: Record<string, unknown>[] }>;
  /** Several statements at once. */
  exec(sql: string): Promise<unknown>;
}

/** The names and checksums that a table of the runner holds. */
export async function readChecksums(
  connection: MigrationConnection,
  table: "schema_migrations" | "schema_functions",
): Promise<Map<string, string>> {
  const { rows } = await connection.query(`select name, checksum from ${table}`);
  return new Map(rows.map(({ name, checksum }) => [String(name), String(checksum)]));
}
