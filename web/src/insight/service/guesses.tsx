import type { GuessesView } from "../../../../contracts/console/insight.ts";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useInsight } from "../frame/use-insight.ts";

/** How the local classifier's guesses agree with the model, and whether they may decide. */
export function Guesses() {
  const { data } = useInsight<GuessesView>("guesses");
  return data && data.mode !== "off" ? <Shown view={data} /> : null;
}

function Shown({ view: { all, days, intents, ...view } }: { view: GuessesView }) {
  const { service } = useInsightTexts();
  const figures = useFigures();
  const words = useLabelWords();
  const { guesses } = service;
  const named = intents.map((each) => ({ ...each, label: words("intent", each.name) }));
  const table: Table = {
    columns: [guesses.intent, guesses.guessed, guesses.sure, guesses.compared, guesses.agreed],
    rows: named.map(({ label, turns, sure, compared, agreed }) => [
      cell(label),
      ...[turns, sure, compared, agreed].map((n) => cell(figures.count(n), n)),
    ]),
  };
  return (
    <Chart
      title={guesses.title}
      hint={guesses.hint(days)}
      table={table}
      events={all.turns}
      trend={false}
      visible
    >
      <Advice view={{ all, ...view }} />
      <Bars
        bars={named.map(({ name, label, turns, sure, compared, agreed }) => ({
          ...{ name, label, value: sure, note: guesses.of(figures.count(sure), figures.count(turns)) },
          words: guesses.agree(figures.count(agreed), figures.count(compared)),
        }))}
      />
    </Chart>
  );
}

function Advice({ view: { mode, all, advice } }: { view: Pick<GuessesView, "mode" | "all" | "advice"> }) {
  const { guesses } = useInsightTexts().service;
  const figures = useFigures();
  const share = figures.share(all.turns === 0 ? null : all.sure / all.turns);
  const low = figures.share(advice.low);
  if (!advice.safe) return <p>{guesses.notYet(low, figures.count(advice.missing))}</p>;
  return <p>{mode === "on" ? guesses.stays(low, share) : guesses.safe(low, share)}</p>;
}
