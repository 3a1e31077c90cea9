import type { CsatSummary } from "../../../../contracts/console/settings.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { useTexts } from "../shell/texts.ts";
import { Bar } from "./rating-scores.tsx";

type Group = CsatSummary["groups"][number];
const KINDS = ["served_by", "operator", "intent"] as const;

/** Averages by who served, by operator and by intent. */
export function Groups({ groups }: { groups: readonly Group[] }) {
  return KINDS.map((by) => {
    const rows = groups.filter((group) => group.by === by);
    return rows.length === 0 ? null : <GroupTable key={by} by={by} rows={rows} />;
  });
}

function GroupTable({ by, rows }: { by: Group["by"]; rows: readonly Group[] }) {
  const { settings } = useTexts();
  const { formats, texts, locale } = usePage();
  const average = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const words = { served_by: settings.ratings.served, intent: texts.turn.intents, operator: {} }[by];
  return (
    <section className="card" aria-labelledby={`by-${by}`}>
      <h2 id={`by-${by}`}>{settings.ratings.by[by]}</h2>
      <table className="bars">
        <thead className="unseen">
          <tr>
            <th scope="col">{settings.ratings.by[by]}</th>
            <th scope="col">{settings.ratings.average}</th>
            <th scope="col">{settings.ratings.count}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{textFor(words, row.name) ?? row.name}</th>
              <td className="bar-cell">
                <Bar share={row.average / 5} />
              </td>
              <td className="number">
                {average.format(row.average)} <span className="hint">({formats.integer(row.answered)})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Why customers were not asked. */
export function NotAsked({ reasons }: { reasons: CsatSummary["notAsked"] }) {
  const { settings } = useTexts();
  const { formats } = usePage();
  if (reasons.length === 0) return null;
  return (
    <section className="card" aria-labelledby="not-asked">
      <h2 id="not-asked">{settings.ratings.notAsked}</h2>
      <dl className="reasons">
        {reasons.map(({ reason, count }) => (
          <div key={reason}>
            <dt>{textFor(settings.ratings.reasons, reason) ?? reason}</dt>
            <dd className="number">{formats.integer(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
