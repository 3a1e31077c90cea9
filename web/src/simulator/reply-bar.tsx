import type { SimMessage } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { summaryOf } from "./summary.ts";

/** Says which message the next one answers, and lets go of it. */
export function ReplyBar({ quoted, onStop }: { quoted: SimMessage; onStop(): void }) {
  const { texts } = usePage();
  const words = texts.simulator.messages;
  return (
    <div className="reply-bar">
      <p className="bubble-quote">
        <b>{words.quoting}</b>
        <span>{summaryOf(quoted, texts)}</span>
      </p>
      <button type="button" className="notice-close" aria-label={words.noQuote} onClick={onStop}>
        ✕
      </button>
    </div>
  );
}
