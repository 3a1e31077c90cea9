import { usePage } from "../shared/page.tsx";
import { FormattedText } from "./formatted-text.tsx";
import type { Sending } from "./state.ts";
import { Ticks } from "./ticks.tsx";

/** A message on its way, or one that did not get there. */
export function SendingBubble({ sending, onAgain }: { sending: Sending; onAgain(): void }) {
  const { texts, formats } = usePage();
  const { chat } = texts.simulator;
  return (
    <li className="bubble bubble-customer" data-unsent={sending.failed}>
      <span className="unseen">{chat.you}</span>
      <FormattedText text={sending.text} />
      {sending.failed && (
        <p className="bubble-unsent">
          {chat.notSent}
          <button type="button" className="quiet" onClick={onAgain}>
            {chat.tryAgain}
          </button>
        </p>
      )}
      <span className="bubble-meta">
        <time dateTime={new Date(sending.at).toISOString()}>{formats.time(sending.at)}</time>
        {!sending.failed && <Ticks status={sending.waMessageId ? "sent" : "pending"} />}
      </span>
    </li>
  );
}
