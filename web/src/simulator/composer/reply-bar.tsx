import "./reply-bar.css";
import type { ChatMessage } from "../../../../contracts/chat.ts";
import { summaryOf } from "../../chat/summary.ts";
import { usePage } from "../../shared/page.tsx";

/** The quoted message above the message box, with a button that cancels the reply. */
export function ReplyBar({ quoted, onStop }: { quoted: ChatMessage; onStop(): void }) {
  const { texts } = usePage();
  const words = texts.simulator.composer;
  return (
    <div className="reply-bar">
      <p className="bubble-quote">
        <b>{words.replyingTo}</b>
        <span>{summaryOf(quoted, texts)}</span>
      </p>
      <button type="button" className="notice-close" aria-label={words.cancelReply} onClick={onStop}>
        ✕
      </button>
    </div>
  );
}
