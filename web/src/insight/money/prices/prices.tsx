import { useState } from "react";
import type { Rate, RatesView } from "../../../../../contracts/console/money.ts";
import { useMay } from "../../../console/client/session.tsx";
import { useTenantApi } from "../../../console/client/use-api.ts";
import { Problem } from "../../../console/shell/problem.tsx";
import { cell, saveCsv } from "../../charts/table.ts";
import { useInsightTexts } from "../../frame/texts.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { PriceDialog } from "./price-dialog.tsx";
import { PriceTable } from "./price-table.tsx";

/** What is open: a new price, one to correct, a file. */
type Open = { kind: "price"; rate: Rate | null } | { kind: "import" } | null;

/** Meta's prices as the company has entered them; owners change them. */
export function Prices({ onChange }: { onChange(): void }) {
  const { prices } = useInsightTexts().money;
  const mayEdit = useMay("owner");
  const [open, setOpen] = useState<Open>(null);
  const { data, error, mutate } = useTenantApi<RatesView>("/rates");
  const changed = async () => {
    await mutate();
    onChange();
  };
  const close = () => setOpen(null);
  return (
    <section className="card money-prices" id="prices" aria-labelledby="money-prices">
      <header>
        <h2 id="money-prices">{prices.title}</h2>
        {data && (
          <div className="money-acts">
            {mayEdit && (
              <button
                type="button"
                className="button primary small"
                onClick={() => setOpen({ kind: "price", rate: null })}
              >
                {prices.add}
              </button>
            )}
            {mayEdit && (
              <button type="button" className="button small" onClick={() => setOpen({ kind: "import" })}>
                {prices.importCsv}
              </button>
            )}
            {data.rates.length > 0 && (
              <button type="button" className="button small" onClick={() => exportCsv(data)}>
                {prices.exportCsv}
              </button>
            )}
          </div>
        )}
      </header>
      <p className="hint">{prices.intro}</p>
      {error && <Problem error={error} onRetry={() => mutate()} />}
      {data?.rates.length === 0 && (
        <div className="money-empty">
          <p>
            <b>{prices.none}</b>
          </p>
          <p>{mayEdit ? prices.how : prices.ask}</p>
        </div>
      )}
      {data && data.rates.length > 0 && (
        <PriceTable
          rates={data.rates}
          mayEdit={mayEdit}
          onCorrect={(rate) => setOpen({ kind: "price", rate })}
          onChange={changed}
        />
      )}
      {data && open?.kind === "price" && (
        <PriceDialog view={data} rate={open.rate} onSaved={changed} onClose={close} />
      )}
      {open?.kind === "import" && <ImportDialog onImported={changed} onClose={close} />}
    </section>
  );
}

/** Saves the table as a file that can be imported again: columns in English, markets as Meta names them. */
function exportCsv({ rates, markets }: RatesView): void {
  const names = new Map(markets.map(({ market, name }) => [market, name]));
  saveCsv("meta-prices", {
    columns: ["market", "category", "price_usd", "valid_from"],
    rows: rates.map(({ market, category, priceUsd, validFrom }) => [
      cell(names.get(market) ?? market),
      cell(category),
      cell("", priceUsd),
      cell(validFrom),
    ]),
  });
}
