import { useState } from "react";
import type { ContainmentView, ConversationsView } from "../../../../contracts/console/conversations.ts";
import type { Containment as Definition } from "../../../../contracts/console/settings.ts";
import { useMay } from "../../console/client/session.tsx";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { Columns } from "../charts/columns.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useRange } from "../frame/use-range.ts";
import { DefinitionDialog } from "./definition-dialog.tsx";
import { useCells, useSlotTable } from "./slot-table.ts";

interface Props {
  view: ConversationsView;
  /** Called after the definition was changed. */
  onChanged(): void;
}

/** Conversations that stayed with the bot, what the company counts as that, and where it succeeds. */
export function Containment({ view, onChanged }: Props) {
  const { conversations: words, frame } = useInsightTexts();
  const figures = useFigures();
  const { params } = useRange();
  const mayChange = useMay("owner");
  const [changing, setChanging] = useState(false);
  const { containment } = view;
  const { share, undecided, definition } = containment;
  return (
    <section className="card containment" aria-labelledby="containment">
      <header>
        <h2 id="containment">{words.containment}</h2>
        {mayChange && (
          <button type="button" className="button small" onClick={() => setChanging(true)}>
            {words.define}
          </button>
        )}
      </header>
      <p className="containment-share">
        <b className="number">{figures.share(share.share)}</b>{" "}
        <span>{frame.chart.of(figures.count(share.good), figures.count(share.all))}</span>
      </p>
      <p className="hint">{words.containmentHint}</p>
      <ConditionList definition={definition} />
      {params.get("number") === "all" && <p className="hint">{words.severalDefinitions}</p>}
      {undecided > 0 && <p className="hint">{words.undecided(figures.count(undecided))}</p>}
      {changing && (
        <DefinitionDialog definition={definition} onSaved={onChanged} onClose={() => setChanging(false)} />
      )}
    </section>
  );
}

function ConditionList({ definition }: { definition: Definition }) {
  const { counts } = useInsightTexts().conversations;
  const { withoutHandoff, withoutOperator, lowScore, quietHours } = definition;
  const conditions = [
    counts.bot,
    withoutHandoff && counts.withoutHandoff,
    withoutOperator && counts.withoutOperator,
    lowScore !== null && counts.lowScore(lowScore),
    quietHours !== null && counts.quietHours(quietHours),
  ].filter((condition) => condition !== false);
  return (
    <ul className="conditions">
      {conditions.map((condition) => (
        <li key={condition}>
          <span aria-hidden="true">✓ </span>
          {condition}
        </li>
      ))}
    </ul>
  );
}

/** Contained conversations and others, by slot. */
export function ContainmentOverTime({ view }: Pick<Props, "view">) {
  const { conversations: words } = useInsightTexts();
  const { count, share } = useCells();
  const { containment, slots, head } = view;
  const { series } = containment;
  const of = (place: number) => series[place] ?? { good: 0, all: 0, share: null };
  const table = useSlotTable(view, [words.contained, words.notContained, words.share], (place) => [
    count(of(place).good),
    count(of(place).all - of(place).good),
    share(of(place).share),
  ]);
  return (
    <Chart title={words.overTime} table={table} events={containment.share.all}>
      <Columns
        times={slots}
        step={head.range.step}
        series={[
          { name: "good", look: "good", label: words.contained, values: series.map(({ good }) => good) },
          {
            ...{ name: "bad", look: "bad", label: words.notContained },
            values: series.map(({ good, all }) => all - good),
          },
        ]}
      />
    </Chart>
  );
}

/** Share of contained conversations, by what they were about. */
export function ContainmentByIntent({
  containment: { byIntent, share: all },
}: {
  containment: ContainmentView;
}) {
  const { conversations: words, frame } = useInsightTexts();
  const wordsOf = useLabelWords();
  const figures = useFigures();
  const { count, share } = useCells();
  const table: Table = {
    columns: [words.byIntent, words.count, words.contained, words.share],
    rows: byIntent.map(({ name, share: own }) => [
      cell(wordsOf("intent", name)),
      count(own.all),
      count(own.good),
      share(own.share),
    ]),
  };
  return (
    <Chart title={words.byIntent} table={table} events={all.all} trend={false}>
      <Bars
        bars={byIntent.map(({ name, share: { good, all, share } }) => ({
          ...{ name, label: wordsOf("intent", name), value: share ?? 0, words: figures.share(share) },
          ...{ note: frame.chart.of(figures.count(good), figures.count(all)), most: 1 },
        }))}
      />
    </Chart>
  );
}
