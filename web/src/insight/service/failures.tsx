import type { FailureCode } from "../../../../contracts/console/insight.ts";
import { failureOf } from "../../chat/failures.ts";
import { usePage } from "../../shared/page.tsx";
import { Chart } from "../charts/chart.tsx";
import { cell, type Table } from "../charts/table.ts";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** Failed messages by Meta's code: what it means, and what to do. */
export function Failures({ failures }: { failures: readonly FailureCode[] }) {
  const { service } = useInsightTexts();
  const figures = useFigures();
  const table: Table = {
    columns: [service.code, service.times, service.meaning, service.advice],
    rows: failures.map(({ code, n, meaning, advice }) => [
      cell(code || service.noCode, code),
      cell(figures.count(n), n),
      cell(meaning ?? ""),
      cell(advice ?? service.decisions.unknown),
    ]),
  };
  if (failures.length === 0) return null;
  return (
    <Chart title={service.failures} table={table} events={failures.length} trend={false} visible>
      <ol className="failure-codes">
        {failures.map((failure) => (
          <Failure key={failure.code} failure={failure} />
        ))}
      </ol>
    </Chart>
  );
}

function Failure({ failure: { code, n, decision, meaning, advice } }: { failure: FailureCode }) {
  const { service } = useInsightTexts();
  const { texts, language } = usePage();
  const figures = useFigures();
  const said = code === "" ? service.noCode : failureOf([Number(code)], texts);
  return (
    <li className="failure-code">
      <b className="number">{figures.count(n)}</b>
      <div>
        <h3>{said}</h3>
        <p>
          <span aria-hidden="true">→ </span>
          {language === "en" && advice !== null ? advice : service.decisions[decision ?? "unknown"]}
        </p>
        {meaning !== null && (
          // The table of codes is kept in English, as Meta's own page is.
          <p lang="en" className="failure-detail">
            {code}: {meaning}
            {language !== "en" && `. ${advice}`}
          </p>
        )}
      </div>
    </li>
  );
}
