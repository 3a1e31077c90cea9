import type { SimMessage } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { summaryOf } from "./summary.ts";

/** The message that another one answers, in two lines. */
export function Quote({ quoted }: { quoted: SimMessage }) {
  const { texts } = usePage();
  const { chat } = texts.simulator;
  const who = { customer: chat.you, bot: chat.bot, agent: chat.agent, system: chat.system }[quoted.author];
  return (
    <blockquote className="bubble-quote" aria-label={chat.quoted}>
      <b>{who}</b>
      <span>{summaryOf(quoted, texts)}</span>
    </blockquote>
  );
}
