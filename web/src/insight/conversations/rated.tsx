import type { ConversationsView, Ratings } from "../../../../contracts/console/conversations.ts";
import { usePage } from "../../shared/page.tsx";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { NONE } from "../frame/formats.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { useCells } from "./slot-table.ts";

/** Averages of ratings by what was asked, and by the version that answered. */
export function RatedBy({ csat }: { csat: ConversationsView["csat"] }) {
  const { conversations: words } = useInsightTexts();
  const wordsOf = useLabelWords();
  return (
    <>
      <Averages
        title={words.csatIntent}
        hint={words.csatHint}
        ratings={csat.byIntent}
        nameOf={(name) => wordsOf("intent", name)}
      />
      <Averages
        title={words.csatVersion}
        hint={words.versionHint}
        ratings={csat.byVersion}
        nameOf={(name) => (name === "" ? words.noVersion : words.version(name))}
      />
    </>
  );
}

interface Props {
  title: string;
  hint: string;
  ratings: readonly Ratings[];
  nameOf(name: string): string;
}

function Averages({ title, hint, ratings, nameOf }: Props) {
  const { conversations: words } = useInsightTexts();
  const { locale } = usePage();
  const { count, share } = useCells();
  const one = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const averageOf = (average: number | null) => (average === null ? NONE : `${one.format(average)} ★`);
  const table: Table = {
    columns: [title, words.ratings, words.average, words.big.rated],
    rows: ratings.map(({ name, n, average, good }) => [
      cell(nameOf(name)),
      count(n),
      cell(averageOf(average), average),
      share(good.share),
    ]),
  };
  const all = ratings.reduce((sum, { n }) => sum + n, 0);
  return (
    <Chart title={title} hint={hint} table={table} events={all} trend={false}>
      <Bars
        bars={ratings.map(({ name, n, average }) => ({
          ...{ name, label: nameOf(name), value: average ?? 0, words: averageOf(average), most: 5 },
          note: words.rated(n, count(n).text),
        }))}
      />
    </Chart>
  );
}
