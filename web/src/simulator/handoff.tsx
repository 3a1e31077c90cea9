import type { SimConversation } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { textFor } from "../texts/texts.ts";

/** Where there is room for the summary beside the conversation; elsewhere it opens on request. */
const ROOMY = "(width >= 60rem)";

/** Says that a person has the conversation and why, and gives it back to the bot. */
export function Handoff({ conversation, onBack }: { conversation: SimConversation; onBack(): void }) {
  const { texts, formats } = usePage();
  const words = texts.simulator.handoff;
  const { handoff } = conversation;
  return (
    <section className="handoff" role="status">
      <p className="handoff-state">
        <span aria-hidden="true">◆ </span>
        {words.state}
      </p>
      <button type="button" className="button primary" onClick={onBack}>
        {words.back}
      </button>
      {handoff && (
        <details className="handoff-why" open={matchMedia(ROOMY).matches}>
          <summary>
            <b>{textFor(words.reasons, handoff.reason) ?? handoff.reason}</b>
            {", "}
            <span className="number">{words.since(formats.time(handoff.since))}</span>
          </summary>
          <p>{handoff.summary}</p>
        </details>
      )}
    </section>
  );
}
