import type { ThreadMessage } from "../../../../../contracts/console/thread.ts";
import { summaryOf } from "../../../chat/summary.ts";
import { usePage } from "../../../shared/page.tsx";
import { changeDraft } from "../../outbox/drafts.ts";
import { useTexts } from "../../shell/texts.ts";

/** The message that the next one replies to, with a button that leaves it out. */
export function QuoteBar({ conversationId, quoted }: { conversationId: string; quoted: ThreadMessage }) {
  const { texts } = usePage();
  const { quote } = useTexts().composer;
  return (
    <div className="quote-bar">
      <p className="bubble-quote">
        <b>
          {quote.replyingTo}: {quoted.operator?.name ?? texts.chat.authors[quoted.author]}
        </b>
        <span>{summaryOf(quoted, texts)}</span>
      </p>
      <button
        type="button"
        className="tool"
        aria-label={quote.cancel}
        title={quote.cancel}
        onClick={() => changeDraft(conversationId, { quote: null })}
      >
        ✕
      </button>
    </div>
  );
}
