import type { ChatMessage } from "../../../contracts/chat.ts";
import { usePage } from "../shared/page.tsx";
import { summaryOf } from "./summary.ts";

/** The quoted message, in two lines. */
export function Quote({ quoted }: { quoted: ChatMessage }) {
  const { texts } = usePage();
  return (
    <blockquote className="bubble-quote" aria-label={texts.chat.quoted}>
      <b>{texts.chat.authors[quoted.author]}</b>
      <span>{summaryOf(quoted, texts)}</span>
    </blockquote>
  );
}
