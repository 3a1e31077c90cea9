import type { Database } from "../../db/client.ts";

/** Lets time pass: everything in the database gets older by this interval. Operators stay signed in, of the audit log nothing can be changed, and counters keep their slots. */
export async function later({ sql }: Pick<Database, "sql">, interval: string): Promise<void> {
  const age = `do $$
    declare v record;
    begin
      for v in select table_name, string_agg(format('%I = %I - interval %L', column_name, column_name, '${interval}'), ', ') as changes
        from information_schema.columns join information_schema.tables using (table_schema, table_name)
        where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'timestamp with time zone' and table_name not in ('audit_log', 'sessions') and table_name not like 'metric%'
        group by table_name
      loop execute format('update %I set %s', v.table_name, v.changes); end loop;
    end $$`;
  await sql(Object.assign([age], { raw: [age] }));
}
