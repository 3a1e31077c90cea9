import type { CsatSummary } from "../../../../contracts/console/settings.ts";
import { usePage } from "../../shared/page.tsx";
import { useTexts } from "../shell/texts.ts";

/** Width of a full bar in the drawing's units. */
const FULL = 100;

/** Average and share of answers as large numbers. */
export function Totals({ summary: { asked, answered, scores } }: { summary: CsatSummary }) {
  const { settings } = useTexts();
  const { formats, locale } = usePage();
  const average = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const count = scores.reduce((sum, each) => sum + each, 0);
  const sum = scores.reduce((all, each, index) => all + each * (index + 1), 0);
  const facts = [
    [settings.ratings.average, count === 0 ? "–" : average.format(sum / count)],
    [settings.ratings.answered, formats.integer(answered)],
    [settings.ratings.rate, asked === 0 ? "–" : formats.percent(answered / asked)],
  ] as const;
  return (
    <dl className="totals">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number display">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How often each score was given: a table with bars. */
export function Scores({ scores }: { scores: CsatSummary["scores"] }) {
  const { settings } = useTexts();
  const { formats } = usePage();
  const total = Math.max(
    1,
    scores.reduce((sum, each) => sum + each, 0),
  );
  return (
    <section className="card" aria-labelledby="scores-title">
      <h2 id="scores-title">{settings.ratings.scores}</h2>
      <table className="bars">
        <thead className="unseen">
          <tr>
            <th scope="col">{settings.ratings.score}</th>
            <th scope="col">{settings.ratings.share}</th>
            <th scope="col">{settings.ratings.count}</th>
          </tr>
        </thead>
        <tbody>
          {[5, 4, 3, 2, 1].map((score) => {
            const count = scores[score - 1] ?? 0;
            return (
              <tr key={score}>
                <th scope="row">{settings.ratings.stars(score)}</th>
                <td className="bar-cell">
                  <Bar share={count / total} />
                </td>
                <td className="number">
                  {formats.integer(count)} <span className="hint">{formats.percent(count / total)}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** A bar; the number beside it says the same. */
export function Bar({ share }: { share: number }) {
  return (
    <svg className="bar" viewBox={`0 0 ${FULL} 8`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="bar-ground" width={FULL} height="8" rx="2" />
      <rect className="bar-full" width={FULL * share} height="8" rx="2" />
    </svg>
  );
}
