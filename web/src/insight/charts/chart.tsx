import "./chart.css";
import { type ReactNode, useId, useState } from "react";
import { useInsightTexts } from "../frame/texts.ts";
import { saveCsv, type Table } from "./table.ts";

/** With fewer events a line would show chance, not a trend. */
export const FEW_EVENTS = 20;

interface Props {
  title: string;
  /** What the chart shows, in a sentence. */
  hint?: ReactNode;
  /** The figures, for screen readers, the table and CSV. */
  table: Table;
  /** Events behind the chart. With few of them the chart says so instead of drawing a trend. */
  events: number;
  /** False for charts that draw no trend, such as bars of totals. */
  trend?: boolean;
  /** True for what is read as text and has controls: screen readers get it, and the table only when it is shown. */
  visible?: boolean;
  /** The drawing; screen readers get the table. */
  children: ReactNode;
}

/** A chart in a card: its drawing, the table behind it, and CSV. */
export function Chart({ title, hint, table, events, trend = true, visible = false, children }: Props) {
  const { chart } = useInsightTexts().frame;
  const [shown, setShown] = useState(false);
  const name = useId();
  const few = trend && events < FEW_EVENTS;
  return (
    <figure className="card chart" aria-labelledby={name}>
      <header className="chart-head">
        <h2 id={name}>{title}</h2>
        <button
          type="button"
          className="chart-act"
          aria-expanded={shown}
          aria-label={`${shown ? chart.hideTable : chart.table}: ${title}`}
          onClick={() => setShown(!shown)}
        >
          {shown ? chart.hideTable : chart.table}
        </button>
        <button
          type="button"
          className="chart-act"
          aria-label={`${chart.csv}: ${title}`}
          onClick={() => saveCsv(title, table)}
        >
          {chart.csv}
        </button>
      </header>
      {hint && <figcaption className="hint">{hint}</figcaption>}
      {events === 0 ? (
        <p className="chart-none">{chart.none}</p>
      ) : few ? (
        <p className="chart-none">{chart.little(events)}</p>
      ) : (
        <div className="chart-body" aria-hidden={!visible}>
          {children}
        </div>
      )}
      {events > 0 && (shown || !visible) && <ChartTable name={title} table={table} shown={shown} />}
    </figure>
  );
}

interface TableProps {
  name: string;
  table: Table;
  shown: boolean;
}

/** The table behind a chart; screen readers have it also while it is not shown. */
function ChartTable({ name, table: { columns, rows }, shown }: TableProps) {
  return (
    <section className={shown ? "chart-table" : "unseen"} tabIndex={shown ? 0 : undefined} aria-label={name}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own, and are replaced as a whole.
            <tr key={row}>
              {cells.map(({ text, act }, column) =>
                column === 0 ? (
                  <th key={columns[column]} scope="row">
                    {text}
                  </th>
                ) : (
                  <td key={columns[column]} className="number">
                    {shown && act ? act : text}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
