/** Anomalies, counted where they are seen (`raise_counters` in `db/functions/counters/`). */
import type { Database } from "./client.ts";

/** Every counter, with what it counts. */
export const COUNTERS = {
  redelivered: "messages that Meta delivered again and the database knew",
  ambiguous: "sends that Meta never answered",
  settled_by_echo: "of these, confirmed by a status report",
  resent: "second sends begun because of it",
  dead: "turns given up",
  resumed: "turns taken up from somebody who died or failed",
  suppressed: "replies not sent: overtaken by newer messages, or a person had taken over",
} as const;

export type CounterName = keyof typeof COUNTERS;

/** One counter of one day in UTC (`2026-11-22`), over all business numbers. */
export interface DayCount {
  day: string;
  name: CounterName;
  value: number;
}

/** The counters of the last `days` days, today included, newest day first; days without an event are left out. */
export function readCounters(database: Database, days: number): Promise<DayCount[]> {
  return database.sql<DayCount>`
    select to_char(day, 'YYYY-MM-DD') as day, name, sum(value)::float8 as value from counters
      where day > (clock_timestamp() at time zone 'UTC')::date - ${days}::int
      group by 1, 2 order by 1 desc, 2`;
}

/** What needs a look right now. */
export interface Standing {
  /** Conversations whose customer has waited for over two minutes; counted up to 1,000. */
  stranded: number;
  /** Turns given up that nobody has replayed or dropped. */
  dead: number;
}

/** What stands open at this moment. */
export async function readStanding(database: Database): Promise<Standing> {
  const [row] = await database.sql<Standing>`
    select stranded_conversations() as stranded, (select count(*)::int from turns where state = 'dead') as dead`;
  return row ?? { stranded: 0, dead: 0 };
}
