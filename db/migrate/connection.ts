/** Database as seen by the runner, in common to `pg` and PGlite. One connection, not a pool. */
export interface MigrationConnection {
  query(text: string, params?: string[]): Promise<{ rows: Record<string, unknown>[] }>;
  /** Runs several statements. */
  exec(sql: string): Promise<unknown>;
}

/** Names and checksums in one of the runner's tables. */
export async function readChecksums(
  connection: MigrationConnection,
  table: "schema_migrations" | "schema_functions",
): Promise<Map<string, string>> {
  const { rows } = await connection.query(`select name, checksum from ${table}`);
  return new Map(rows.map(({ name, checksum }) => [String(name), String(checksum)]));
}
