/** Anomalies, counted where they are seen (`raise_counters` in `db/functions/counters/`). */
import type { Database } from "./client.ts";

/** All counters with their descriptions. */
export const COUNTERS = {
  redelivered: "messages that Meta redelivered after they were stored",
  ambiguous: "sends that Meta never answered",
  confirmed_by_status_report: "of these, confirmed by a status report",
  resent: "resends attempted because of it",
  cut: "passages removed from replies before they were sent",
  dead: "turns given up",
  resumed: "turns resumed after a process died or failed",
  withheld: "replies not sent: overtaken by newer messages, or an operator had taken over",
} as const;

export type CounterName = keyof typeof COUNTERS;

/** One counter on one day (UTC, `2026-11-22`), over all business numbers. */
export interface DayCount {
  day: string;
  name: CounterName;
  value: number;
}

/** Counters of the last `days` days including today, newest first; days without an event are left out. */
export function readCounters(database: Database, days: number): Promise<DayCount[]> {
  return database.sql<DayCount>`
    select to_char(day, 'YYYY-MM-DD') as day, name, sum(value)::float8 as value from counters
      where day > (clock_timestamp() at time zone 'UTC')::date - ${days}::int
      group by 1, 2 order by 1 desc, 2`;
}

/** Current conditions that need a look. */
export interface Standing {
  /** Conversations unread for over two minutes, counted up to 1,000. */
  stranded: number;
  /** Dead letters neither replayed nor dropped. */
  dead: number;
}

/** Reads the current conditions. */
export async function readStanding(database: Database): Promise<Standing> {
  const [row] = await database.sql<Standing>`
    select stranded_conversations() as stranded, (select count(*)::int from turns where state = 'dead') as dead`;
  return row ?? { stranded: 0, dead: 0 };
}
