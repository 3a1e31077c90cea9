/** Totals of the counters since the beginning, for those who take figures away. */
import type { AskedTotal, Total, Totals, TotalsReader } from "../lib/types/exports.ts";
import type { Database } from "./client.ts";

type Series = [
  name: string,
  tenantId: string,
  labels: Total["labels"],
  classes: number[],
  counts: number[],
  us: number,
];

interface Row extends Omit<Totals, "totals"> {
  series: Series[];
}

/** Reader of totals, for exports. */
export function createTotalsReader({ sql }: Database): TotalsReader {
  return {
    async totals(asked: readonly AskedTotal[]): Promise<Totals> {
      const [row] = await sql<Row>`
        select epoch_ms(clock_timestamp())::float8 as "atMs",
               epoch_ms(date_trunc('day', least((select min(at) from metric_counters where grain = 'day'),
                                                (select min(at) from metric_counters where grain = 'hour')), 'UTC'))::float8 as "sinceMs",
               epoch_ms((select through from metric_passes where name = 'fresh'))::float8 as "freshMs",
               metric_totals(${JSON.stringify(asked)}::jsonb) as series,
               coalesce((select jsonb_agg(jsonb_build_array(id, queue_json(id)) order by id) from tenants), '[]') as queues`;
      if (!row) throw new Error("no answer");
      const { series, ...rest } = row;
      const lengths = new Map(asked.map(({ name, edges }) => [name, edges === null ? 1 : edges.length + 1]));
      return {
        ...{ ...rest, sinceMs: row.sinceMs ?? row.atMs },
        totals: series.map(([name, tenantId, labels, classes, counts, us]) => {
          const all = new Array<number>(lengths.get(name) ?? 1).fill(0);
          classes.forEach((place, at) => {
            all[place] = counts[at] ?? 0;
          });
          return { name, tenantId, labels, counts: all, sumS: us / 1e6 };
        }),
      };
    },
  };
}
