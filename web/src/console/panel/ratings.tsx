import type { CsatView } from "../../../../contracts/console/thread.ts";
import { usePage } from "../../shared/page.tsx";
import { useTexts } from "../shell/texts.ts";

/** How this customer rated the conversations, the newest first. */
export function Ratings({ ratings }: { ratings: readonly CsatView[] }) {
  const { panel: words } = useTexts().composer;
  const { formats } = usePage();
  const asked = ratings.filter(({ notAsked }) => notAsked === null);
  if (asked.length === 0) return <p>{words.ratingsNone}</p>;
  return (
    <ul className="panel-list">
      {asked
        .toSorted((a, b) => b.askedAt - a.askedAt)
        .map(({ askedAt, score, comment }) => (
          <li key={askedAt}>
            {score === null ? (
              <span>{words.unanswered}</span>
            ) : (
              <b>
                <span aria-hidden="true">{"★".repeat(score) + "☆".repeat(5 - score)} </span>
                {words.score(score)}
              </b>
            )}
            {comment && <span>{comment}</span>}
            <small>{formats.day(askedAt)}</small>
          </li>
        ))}
    </ul>
  );
}
