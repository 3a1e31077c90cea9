import { usePage } from "../shared/page.tsx";
import { Above, Below } from "./content/content.tsx";
import { FormattedText } from "./formatted-text.tsx";
import { previewOf } from "./preview.ts";
import type { Sending } from "./state.ts";
import { wordsOf } from "./summary.ts";
import { Ticks } from "./ticks.tsx";

/** A message on its way, or one that did not get there. */
export function SendingBubble({ sending, onAgain }: { sending: Sending; onAgain(): void }) {
  const { texts, formats } = usePage();
  const { chat } = texts.simulator;
  const preview = previewOf(sending.message, sending.file);
  const words = wordsOf(preview, texts);
  const { content } = preview;
  return (
    <li
      className="bubble bubble-customer"
      data-kind={content?.kind === "media" ? content.media : (content?.kind ?? "text")}
      data-unsent={sending.failed}
    >
      <span className="unseen">{chat.you}</span>
      {content && <Above content={content} />}
      {words !== null && <FormattedText text={words} />}
      <Below content={content} reading={null} />
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
