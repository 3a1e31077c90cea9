import { Above, Below } from "../../chat/content/content.tsx";
import { textOf } from "../../chat/summary.ts";
import { FormattedText } from "../../chat/text/formatted-text.tsx";
import { Ticks } from "../../chat/ticks.tsx";
import { usePage } from "../../shared/page.tsx";
import { previewOf } from "../connection/preview.ts";
import type { Sending } from "../connection/state.ts";

/** A message that is being sent or could not be sent. */
export function SendingBubble({ sending, onRetry }: { sending: Sending; onRetry(): void }) {
  const { texts, formats } = usePage();
  const preview = previewOf(sending.message, sending.file);
  const text = textOf(preview, texts);
  const { content } = preview;
  return (
    <li
      className="bubble bubble-customer"
      data-kind={content?.kind === "media" ? content.media : (content?.kind ?? "text")}
      data-unsent={sending.failed}
    >
      <span className="unseen">{texts.chat.authors.customer}</span>
      {content && <Above content={content} text={text} />}
      {text !== null && <FormattedText text={text} />}
      <Below content={content} reading={null} />
      {sending.failed && (
        <p className="bubble-unsent">
          {texts.simulator.notSent}
          <button type="button" className="quiet" onClick={onRetry}>
            {texts.simulator.tryAgain}
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
