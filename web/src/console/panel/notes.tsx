import type { NoteView } from "../../../../contracts/console/thread.ts";
import { usePage } from "../../shared/page.tsx";
import { useTexts } from "../shell/texts.ts";

/** Notes of the team, the newest first. */
export function Notes({ notes }: { notes: readonly NoteView[] }) {
  const { panel: words } = useTexts().composer;
  const { formats } = usePage();
  if (notes.length === 0) return <p>{words.notesNone}</p>;
  return (
    <ul className="panel-list">
      {notes.toReversed().map(({ id, text, operator, at }) => (
        <li key={id} className="panel-note">
          {text}
          <small>
            {operator?.name ?? words.noAuthor}, {formats.day(at)}, {formats.time(at)}
          </small>
        </li>
      ))}
    </ul>
  );
}
