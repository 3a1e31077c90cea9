import type { MoneyView } from "../../../../contracts/console/money.ts";
import { usePage } from "../../shared/page.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { NONE, useFigures } from "../frame/formats.ts";
import { useMoneyWords } from "../frame/money-words.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** What it costs that replies are sent as several messages. */
export function Splitting({ splitting: { replies, parts, further } }: { splitting: MoneyView["splitting"] }) {
  const { splitting: texts, columns } = useInsightTexts().money;
  const { locale } = usePage();
  const figures = useFigures();
  const words = useMoneyWords();
  const perReply = replies === 0 ? null : parts / replies;
  const average = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const counted = texts.of(figures.count(parts), figures.count(replies));
  const table: Table = {
    columns: [texts.title, columns.value],
    rows: [
      [cell(texts.perReply), cell(perReply === null ? NONE : average.format(perReply), perReply)],
      [cell(texts.further), cell(figures.count(parts - replies), parts - replies)],
      [cell(columns.billed), cell(figures.count(further.n), further.n)],
      [cell(texts.cost), cell(words.amount(further), further.usd)],
    ],
  };
  return (
    <Chart title={texts.title} hint={texts.hint} table={table} events={replies} trend={false} visible>
      <dl className="money-pair">
        <div>
          <dt>{texts.perReply}</dt>
          <dd className="number">{perReply === null ? NONE : average.format(perReply)}</dd>
          <dd className="hint">{counted}</dd>
        </div>
        <div>
          <dt>{texts.cost}</dt>
          <dd className="number">{words.amount(further)}</dd>
          <dd className="hint">
            {texts.further}: {figures.count(parts - replies)}, {texts.billed(figures.count(further.n))}
          </dd>
        </div>
      </dl>
    </Chart>
  );
}
