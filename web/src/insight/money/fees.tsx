import type { FeeRow, MoneyView } from "../../../../contracts/console/money.ts";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useMoneyWords } from "../frame/money-words.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** Bars of the dearest; the table has all. */
const MOST_BARS = 12;

/** Meta's fee by country and category. */
export function Fees({ view: { feeRows } }: { view: MoneyView }) {
  const { money } = useInsightTexts();
  const figures = useFigures();
  const words = useMoneyWords();
  const { columns, fees } = money;
  const table: Table = {
    columns: [columns.country, columns.category, columns.usd, columns.billed, columns.free, columns.price],
    rows: feeRows.map(({ country, category, n, free, priceUsd, ...amount }) => [
      cell(words.market(country), country),
      cell(words.category(category), category),
      cell(n === 0 ? words.usd(0) : words.amount(amount), amount.usd),
      cell(figures.count(n), n),
      cell(figures.count(free), free),
      cell(words.usd(priceUsd), priceUsd),
    ]),
  };
  return (
    <Chart title={fees.title} hint={fees.hint} table={table} events={feeRows.length} trend={false}>
      <Bars bars={feeRows.slice(0, MOST_BARS).map(barOf)} />
    </Chart>
  );

  function barOf({ country, category, n, free, priceUsd, market, ...amount }: FeeRow) {
    const group = market !== null && market !== country ? ` (${words.market(market)})` : "";
    const price = priceUsd === null ? "" : ` · ${fees.each(words.usd(priceUsd))}${group}`;
    return {
      name: `${country} ${category}`,
      label: (
        <>
          {words.market(country)}
          <small className="money-category">
            {words.category(category)}
            {price}
          </small>
        </>
      ),
      value: amount.usd ?? 0,
      words: n === 0 ? words.usd(0) : words.amount(amount),
      note: fees.billedOf(figures.count(n), figures.count(free)),
    };
  }
}
