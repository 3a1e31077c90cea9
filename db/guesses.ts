/** What the local classifier guessed, beside what the model said (db/functions/alerts/). */
import type { ComparisonStore, GuessFigures, GuessReader, Learnable } from "../lib/types/turn/guesses.ts";
import type { Database } from "./client.ts";

/** Keeps comparisons of guesses that decided. */
export const createComparisonStore = ({ sql }: Database): ComparisonStore => ({
  record: async (comparison) => {
    await sql`select record_comparison(${JSON.stringify(comparison)}::jsonb)`;
  },
});

/** Reads the figures about guesses. */
export function createGuessReader({ sql }: Database): GuessReader {
  return {
    async agreement(tenantId, { fromMs, toMs }) {
      const [row] = await sql<{ figures: GuessFigures }>`
        select guess_agreement(${tenantId}::uuid, to_timestamp(${fromMs}::float8 / 1000), to_timestamp(${toMs}::float8 / 1000)) as figures`;
      return row?.figures ?? { version: null, cells: [] };
    },
    learnable: (tenantId, { fromMs, most }) => sql<Learnable>`
      select text, intent, language from (
        select distinct on (lower(m.text)) m.text, said.intent, t.language, t.started_at
          from turns t join messages m on m.turn_id = t.id and m.direction = 'in',
            lateral (select coalesce(t.guess -> 'model' ->> 'intent', t.intent) as intent,
                       case when t.decided_by = 'model' then t.confidence else (t.guess -> 'model' ->> 'confidence')::real end as confidence) said
          where t.tenant_id = ${tenantId}::uuid and t.started_at >= to_timestamp(${fromMs}::float8 / 1000)
            and said.confidence >= 0.9 and t.language is not null
            and t.guess is not null
            and m.type = 'text' and length(m.text) between 2 and 200
            and not exists (select from messages o where o.turn_id = t.id and o.direction = 'in' and o.id <> m.id)
          order by lower(m.text), t.started_at desc) l
        order by started_at desc limit ${most}::integer`,
  };
}
