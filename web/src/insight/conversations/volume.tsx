import type { ConversationsView } from "../../../../contracts/console/conversations.ts";
import { Chart } from "../charts/chart.tsx";
import { Columns } from "../charts/columns.tsx";
import { useLabelWords } from "../frame/label-words.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useCells, useSlotTable } from "./slot-table.ts";
import { useUnfiltered } from "./unfiltered.ts";

interface Props {
  view: ConversationsView;
}

const total = (series: readonly number[]): number => series.reduce((sum, n) => sum + n, 0);

/** Messages of customers by slot; the table has the conversations that ended too. */
export function Volume({ view }: Props) {
  const { conversations: words } = useInsightTexts();
  const unfiltered = useUnfiltered();
  const { count } = useCells();
  const { messages, ended, slots, head } = view;
  const table = useSlotTable(view, [words.volume, words.big.ended], (place) => [
    count(messages[place] ?? 0),
    count(ended[place] ?? 0),
  ]);
  return (
    <Chart title={words.volume} hint={unfiltered} table={table} events={total(messages)}>
      <Columns
        times={slots}
        step={head.range.step}
        series={[{ name: "messages", label: words.volume, values: messages }]}
      />
    </Chart>
  );
}

/** Who wrote for the first time and who came back, by slot. */
export function People({ view }: Props) {
  const { conversations: words } = useInsightTexts();
  const unfiltered = useUnfiltered();
  const { count } = useCells();
  const { people, slots, head } = view;
  const table = useSlotTable(view, [words.fresh, words.returning], (place) => [
    count(people.fresh[place] ?? 0),
    count(people.returning[place] ?? 0),
  ]);
  return (
    <Chart
      title={words.people}
      hint={`${words.peopleHint} ${unfiltered}`}
      table={table}
      events={total(people.fresh) + total(people.returning)}
    >
      <Columns
        times={slots}
        step={head.range.step}
        series={[
          { name: "fresh", label: words.fresh, values: people.fresh },
          { name: "returning", label: words.returning, values: people.returning },
        ]}
      />
    </Chart>
  );
}

/** What customers wanted, by slot. */
export function Intents({ view }: Props) {
  const { conversations: words } = useInsightTexts();
  const wordsOf = useLabelWords();
  const { count } = useCells();
  const { intents, slots, head } = view;
  const nameOf = (name: string) => (name === "other" ? words.others : wordsOf("intent", name));
  const table = useSlotTable(
    view,
    intents.map(({ name }) => nameOf(name)),
    (place) => intents.map(({ series }) => count(series[place] ?? 0)),
  );
  return (
    <Chart
      title={words.intents}
      hint={words.intentsHint}
      table={table}
      events={total(intents.map(({ n }) => n))}
    >
      <Columns
        times={slots}
        step={head.range.step}
        series={intents.map(({ name, series }) => ({ name, label: nameOf(name), values: series }))}
      />
    </Chart>
  );
}
