import type { HandoffView } from "../../../../contracts/console/thread.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { useTexts } from "../shell/texts.ts";

/** Handoffs of this customer, the newest first. */
export function Handoffs({ handoffs }: { handoffs: readonly HandoffView[] }) {
  const { panel: words } = useTexts().composer;
  const { texts, formats } = usePage();
  if (handoffs.length === 0) return <p>{words.handoffsNone}</p>;
  return (
    <ul className="panel-list">
      {handoffs
        .toSorted((a, b) => b.openedAt - a.openedAt)
        .map(({ id, reason, summary, openedAt, takenBy, takenAt }) => (
          <li key={id}>
            <b>{textFor(texts.chat.handoffReasons, reason) ?? reason}</b>
            {summary && <span>{summary}</span>}
            <small>
              {formats.day(openedAt)}, {formats.time(openedAt)} ·{" "}
              {takenBy
                ? words.takenBy(takenBy.name)
                : takenAt === null
                  ? words.nobodyTook
                  : words.somebodyTook}
            </small>
          </li>
        ))}
    </ul>
  );
}
