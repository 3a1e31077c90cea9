import { useState } from "react";
import type { Rate } from "../../../../../contracts/console/money.ts";
import { api } from "../../../console/client/api.ts";
import { useTenant } from "../../../console/client/session.tsx";
import { tenantPath } from "../../../console/client/use-api.ts";
import { Confirm } from "../../../console/shell/confirm.tsx";
import { useTexts } from "../../../console/shell/texts.ts";
import { useFigures } from "../../frame/formats.ts";
import { useMoneyWords } from "../../frame/money-words.ts";
import { useInsightTexts } from "../../frame/texts.ts";
import { dayOf, type Standing, standings } from "./standing.ts";

interface Props {
  rates: readonly Rate[];
  mayEdit: boolean;
  onCorrect(rate: Rate): void;
  onChange(): Promise<unknown>;
}

/** The prices that hold or will; with those before them when asked for. */
export function PriceTable({ rates, mayEdit, onCorrect, onChange }: Props) {
  const { prices } = useInsightTexts().money;
  const [all, setAll] = useState(false);
  const [removing, setRemoving] = useState<Rate | null>(null);
  const found = standings(rates, dayOf(Date.now()));
  const shown = found.filter(({ standing }) => all || standing !== "before");
  return (
    <>
      {found.some(({ standing }) => standing === "before") && (
        <p>
          <button type="button" className="button small" aria-pressed={all} onClick={() => setAll(!all)}>
            {all ? prices.hide : prices.show}
          </button>
        </p>
      )}
      {/* Without buttons in it, it is scrolled by keyboard all the same. */}
      <section
        className="money-table"
        tabIndex={mayEdit ? undefined : 0}
        aria-label={`${prices.market}, ${prices.category}, ${prices.price}`}
      >
        <table>
          <thead>
            <tr>
              {[prices.market, prices.category, prices.price, prices.from].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
              {mayEdit && <td />}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ rate, standing }) => (
              <Row
                key={`${rate.market} ${rate.category} ${rate.validFrom}`}
                {...{ rate, standing, mayEdit }}
                onCorrect={() => onCorrect(rate)}
                onRemove={() => setRemoving(rate)}
              />
            ))}
          </tbody>
        </table>
      </section>
      {removing && <Removal rate={removing} onChange={onChange} onClose={() => setRemoving(null)} />}
    </>
  );
}

interface RowProps {
  rate: Rate;
  standing: Standing;
  mayEdit: boolean;
  onCorrect(): void;
  onRemove(): void;
}

function Row({ rate, standing, mayEdit, onCorrect, onRemove }: RowProps) {
  const { prices } = useInsightTexts().money;
  const { shell } = useTexts();
  const words = useMoneyWords();
  const figures = useFigures();
  const of = ` ${words.market(rate.market)}, ${words.category(rate.category)}`;
  return (
    <tr data-past={standing === "before" ? "" : undefined}>
      <th scope="row">{words.market(rate.market)}</th>
      <td>{words.category(rate.category)}</td>
      <td className="number">{figures.usd(rate.priceUsd)}</td>
      <td className="number">
        {rate.validFrom} <small>{prices[standing]}</small>
      </td>
      {mayEdit && (
        <td>
          <button type="button" className="button small" onClick={onCorrect}>
            {prices.correct}
            <span className="unseen">{of}</span>
          </button>{" "}
          <button type="button" className="button small" onClick={onRemove}>
            {shell.remove}
            <span className="unseen">{of}</span>
          </button>
        </td>
      )}
    </tr>
  );
}

interface RemovalProps {
  rate: Rate;
  onChange(): Promise<unknown>;
  onClose(): void;
}

function Removal({ rate, onChange, onClose }: RemovalProps) {
  const { prices } = useInsightTexts().money;
  const { shell } = useTexts();
  const { tenantId } = useTenant();
  const words = useMoneyWords();
  const run = async () => {
    await api(tenantPath(tenantId, "/rates/remove"), { body: rate });
    await onChange();
  };
  return (
    <Confirm
      title={prices.removeTitle(`${words.market(rate.market)}, ${words.category(rate.category)}`)}
      act={shell.remove}
      words={prices.errors}
      run={run}
      onClose={onClose}
    >
      {prices.removeAdvice}
    </Confirm>
  );
}
