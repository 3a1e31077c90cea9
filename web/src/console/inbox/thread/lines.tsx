import "./lines.css";
import type { HandoffView, NoteView } from "../../../../../contracts/console/thread.ts";
import { usePage } from "../../../shared/page.tsx";
import { textFor } from "../../../texts/texts.ts";
import { useTexts } from "../../shell/texts.ts";
import type { HandoffEvent } from "./items.ts";

/** A note of the team between the messages; customers never see it. */
export function NoteLine({ note }: { note: NoteView }) {
  const { inbox } = useTexts();
  const { formats } = usePage();
  const { thread } = inbox;
  return (
    <li className="note">
      <p className="note-head">
        <b>
          <bdi>{thread.note(note.operator?.name ?? thread.formerOperator)}</bdi>
        </b>
        <span>{thread.noteHint}</span>
        <time className="number" dateTime={new Date(note.at).toISOString()}>
          {formats.time(note.at)}
        </time>
      </p>
      <p className="note-text">{note.text}</p>
    </li>
  );
}

/** A moment of a handoff between the messages. */
export function HandoffLine({
  event,
  handoff,
  at,
}: {
  event: HandoffEvent;
  handoff: HandoffView;
  at: number;
}) {
  const { inbox } = useTexts();
  const { texts, formats } = usePage();
  const { handoff: words } = inbox.thread;
  const reason = textFor(texts.chat.handoffReasons, handoff.reason) ?? handoff.reason;
  const text = {
    opened: `${words.opened}: ${reason}`,
    taken: words.taken(handoff.takenBy?.name ?? null),
    back: words.back,
  }[event];
  return (
    <li className="event-line" data-event={event}>
      <span>{text}</span> <time className="number">{formats.time(at)}</time>
    </li>
  );
}
