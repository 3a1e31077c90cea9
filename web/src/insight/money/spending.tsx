import type { ModelSpend, MoneyView } from "../../../../contracts/console/money.ts";
import { Bars } from "../charts/bars.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { NONE, useFigures } from "../frame/formats.ts";
import { useLabelWords } from "../frame/label-words.ts";
import { useMoneyWords } from "../frame/money-words.ts";
import { useInsightTexts } from "../frame/texts.ts";

interface Props {
  title: string;
  hint?: string;
  label: "model" | "intent";
  rows: readonly ModelSpend[];
}

/** Model cost by model or intent. */
export function Spending({ title, hint, label, rows }: Props) {
  const words = useLabelWords();
  const named = rows.map((row) => ({ ...row, label: words(label, row.name) }));
  return <Spends title={title} hint={hint} rows={named} />;
}

/** Suggestions and trials, which are no turns of the bot. */
export function Helpers({ view: { suggestions, trials } }: { view: MoneyView }) {
  const { money } = useInsightTexts();
  const rows = [
    { ...suggestions, label: money.helperNames.suggestion },
    { ...trials, label: money.helperNames.trial },
  ].filter(({ n }) => n > 0);
  return (
    <Spends title={money.helpers} hint={money.helpersHint} rows={rows} counted={money.columns.answers} />
  );
}

interface SpendsProps {
  title: string;
  hint?: string | undefined;
  rows: readonly (ModelSpend & { label: string })[];
  /** What `n` counts. */
  counted?: string;
}

function Spends({ title, hint, rows, counted }: SpendsProps) {
  const { money } = useInsightTexts();
  const figures = useFigures();
  const words = useMoneyWords();
  const { columns } = money;
  const table: Table = {
    columns: [
      title,
      columns.usd,
      counted ?? columns.turns,
      columns.tokensIn,
      columns.cached,
      columns.tokensOut,
      columns.discarded,
    ],
    rows: rows.map(({ label, n, tokensIn, tokensCached, tokensOut, discardedUsd, ...amount }) => [
      cell(label),
      cell(words.amount(amount), amount.usd),
      cell(figures.count(n), n),
      cell(figures.count(tokensIn), tokensIn),
      cell(figures.share(shareOf(tokensCached, tokensIn)), tokensCached),
      cell(figures.count(tokensOut), tokensOut),
      cell(discardedUsd === null ? NONE : words.usd(discardedUsd), discardedUsd),
    ]),
  };
  return (
    <Chart title={title} hint={hint} table={table} events={rows.length} trend={false}>
      <Bars
        bars={rows.map(({ name, label, tokensIn, tokensOut, ...amount }) => ({
          ...{ name, label, value: amount.usd ?? 0, words: words.amount(amount) },
          note: money.tokens(figures.count(tokensIn), figures.count(tokensOut)),
        }))}
      />
    </Chart>
  );
}

/** Share of the tokens read that services had cached; null where that is not counted. */
const shareOf = (cached: number | null, read: number): number | null =>
  cached === null || read === 0 ? null : cached / read;

/** What each business number spent. */
export function Numbers({ rows }: { rows: MoneyView["byNumber"] }) {
  const { money } = useInsightTexts();
  const words = useMoneyWords();
  const table: Table = {
    columns: [money.byNumber, money.columns.models, money.columns.fees],
    rows: rows.map(({ name, models, fees }) => [
      cell(name),
      cell(words.amount(models), models.usd),
      cell(words.amount(fees), fees.usd),
    ]),
  };
  return (
    <Chart title={money.byNumber} table={table} events={rows.length} trend={false}>
      <Bars
        bars={rows.map(({ name, models, fees }, place) => ({
          // Two companies may have one name.
          name: `${place} ${name}`,
          label: name,
          value: (models.usd ?? 0) + (fees.usd ?? 0),
          words: words.amount({
            usd: models.usd === null && fees.usd === null ? null : (models.usd ?? 0) + (fees.usd ?? 0),
            unpriced: models.unpriced + fees.unpriced,
          }),
        }))}
      />
    </Chart>
  );
}
