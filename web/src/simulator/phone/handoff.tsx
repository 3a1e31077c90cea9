import "./handoff.css";
import type { ChatConversation } from "../../../../contracts/chat.ts";
import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";

/** Width from which the summary is open from the start. */
const WIDE = "(width >= 60rem)";

/** Banner of a conversation that an operator was called to: the reason, and a button that hands it back to the bot. */
export function Handoff({ conversation, onBack }: { conversation: ChatConversation; onBack(): void }) {
  const { texts, formats } = usePage();
  const words = texts.simulator.handoff;
  const { handoff } = conversation;
  return (
    <section className="handoff" role="status">
      <p className="handoff-state">
        <span aria-hidden="true">◆ </span>
        {conversation.status === "human" ? words.state : words.goesOn}
      </p>
      <button type="button" className="button primary" onClick={onBack}>
        {words.back}
      </button>
      {handoff && (
        <details className="handoff-why" open={matchMedia(WIDE).matches}>
          <summary>
            <b>{textFor(texts.chat.handoffReasons, handoff.reason) ?? handoff.reason}</b>
            {", "}
            <span className="number">{words.since(formats.time(handoff.since))}</span>
          </summary>
          <p>{handoff.summary}</p>
        </details>
      )}
    </section>
  );
}
