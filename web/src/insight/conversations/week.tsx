import type { ConversationsView } from "../../../../contracts/console/conversations.ts";
import { usePage } from "../../shared/page.tsx";
import { Chart } from "../charts/chart.tsx";
import { HeatMap } from "../charts/heat-map.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useCells } from "./slot-table.ts";
import { useUnfiltered } from "./unfiltered.ts";

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Messages by the company's weekday and hour. */
export function Week({ view: { hours, head } }: { view: ConversationsView }) {
  const { conversations: words } = useInsightTexts();
  const unfiltered = useUnfiltered();
  const { count } = useCells();
  const days = useWeekdays();
  const table: Table = {
    columns: [words.weekday, ...HOURS],
    rows: days.map((day, place) => [cell(day), ...(hours.counts[place] ?? []).map(count)]),
  };
  const events = hours.counts.flat().reduce((sum, n) => sum + n, 0);
  const hints = [
    words.weekHint(hours.timeZones.join(", ")),
    hours.fromMs > head.range.fromMs ? words.weekLong : "",
    unfiltered,
  ];
  return (
    <Chart title={words.week} hint={hints.join(" ")} table={table} events={events}>
      <HeatMap rows={days} columns={HOURS} values={hours.counts} />
    </Chart>
  );
}

/** Short names of the weekdays, Monday first. */
function useWeekdays(): string[] {
  const { locale } = usePage();
  const name = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => name.format(MONDAY_MS + day * DAY_MS));
}
