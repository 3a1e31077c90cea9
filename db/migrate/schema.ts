import type { MigrationConnection } from "./connection.ts";
import type { SchemaFiles } from "./files.ts";

const HEADING = `-- The schema as it is now, written by \`npm run schema\` from the catalogs of a migrated database: to be read, not to be run.
-- The reasons stand beside the columns in db/migrations/ and in the functions' own files.
`;

const TABLES = `
  select c.relname as name, json_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || case when a.attidentity <> '' then ' generated always as identity' else '' end
      || case when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
              else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end order by a.attnum) as lines
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' group by c.relname order by c.relname`;

/** Without those for \`not null\`, which only newer servers list. */
const CONSTRAINTS = `
  select conrelid::regclass::text as name, conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
    where connamespace = current_schema()::regnamespace and contype in ('p', 'u', 'f', 'c') order by contype = 'c', contype = 'f', conname`;

const INDEXES = `
  select tablename as name, indexdef as line from pg_indexes
    where schemaname = current_schema() and not exists (select from pg_constraint where conname = indexname) order by indexname`;

const TRIGGERS = `
  select tgrelid::regclass::text as name, pg_get_triggerdef(oid) as line from pg_trigger where not tgisinternal order by tgname`;

/** Without those of extensions. */
const FUNCTIONS = `
  select proname as name, pg_get_function_arguments(oid) as arguments, pg_get_function_result(oid) as result
    from pg_proc where pronamespace = current_schema()::regnamespace
      and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
    order by proname`;

/** All tables, columns, constraints, indexes, triggers and function signatures of a migrated database, as SQL. */
export async function describeSchema(connection: MigrationConnection, files: SchemaFiles): Promise<string> {
  const read = async (sql: string): Promise<Row[]> => (await connection.query(sql)).rows;
  const tables = await read(TABLES);
  const constraints = await read(CONSTRAINTS);
  const indexes = await read(INDEXES);
  const triggers = await read(TRIGGERS);
  const linesOf = (rows: Row[], table: unknown) =>
    rows.filter(({ name }) => name === table).map(({ line }) => line);
  const described = tables.map(({ name, lines }) => {
    const columns = Array.isArray(lines) ? lines : [];
    const inside = [...columns, ...linesOf(constraints, name).map((line) => `constraint ${line}`)];
    const after = [...linesOf(indexes, name), ...linesOf(triggers, name)].map((line) => `${line};\n`);
    return `\ncreate table ${name} (\n${inside.map((line) => `  ${line}`).join(",\n")}\n);\n${after.join("")}`;
  });
  return HEADING + described.join("") + signatures(await read(FUNCTIONS), files);
}

type Row = Record<string, unknown>;

/** Sorted by file, so that an area's functions are next to each other. */
function signatures(functions: readonly Row[], files: SchemaFiles): string {
  const lines = functions.map(({ name, arguments: parameters, result }) => {
    const path = files.functions.find((file) => file.name === name)?.path ?? "db/migrations/";
    return { path, line: `create function ${name}(${parameters}) returns ${result}; -- ${path}\n` };
  });
  return `\n${lines
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ line }) => line)
    .join("")}`;
}
