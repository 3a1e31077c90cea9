import type { ConversationView } from "../../../../../contracts/console/thread.ts";
import { usePage } from "../../../shared/page.tsx";
import { textFor } from "../../../texts/texts.ts";
import { useTexts } from "../../shell/texts.ts";
import { Waits } from "../lists/waits.tsx";
import { useInbox } from "../state/use-inbox.tsx";
import { useNow } from "../state/use-now.ts";

/** Width from which the summary is open from the start. */
const WIDE = "(width >= 48rem) and (height >= 40rem)";

/** The open handoff's summary and the note for the bot, above the thread. */
export function Pinned({ view: { handoff, botNote, row } }: { view: ConversationView }) {
  const { inbox } = useTexts();
  const { texts } = usePage();
  const { waitTargetMin } = useInbox();
  const now = useNow(5_000);
  const { handoff: words } = inbox.thread;
  if (handoff === null && !botNote) return null;
  return (
    <section className="pinned" aria-label={handoff ? words.label : inbox.thread.botNote}>
      {handoff && (
        <details open={matchMedia(WIDE).matches}>
          <summary>
            <b>{textFor(texts.chat.handoffReasons, handoff.reason) ?? handoff.reason}</b>
            {row.waitingSince !== null ? (
              <Waits since={row.waitingSince} now={now} targetMin={waitTargetMin} />
            ) : (
              handoff.takenBy && (
                <span>
                  <bdi>{words.takenBy(handoff.takenBy.name)}</bdi>
                </span>
              )
            )}
          </summary>
          <p className="pinned-text">{handoff.summary}</p>
        </details>
      )}
      {botNote && (
        <p className="pinned-note">
          <b>{inbox.thread.botNote}:</b> <bdi>{botNote}</bdi>
        </p>
      )}
    </section>
  );
}
