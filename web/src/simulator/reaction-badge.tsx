import { usePage } from "../shared/page.tsx";
import type { Reactions } from "./thread-rows.ts";

/** What either side has put on a message, at its edge. */
export function ReactionBadge({ reactions }: { reactions: Reactions }) {
  const { texts } = usePage();
  const { chat, messages } = texts.simulator;
  const { customer, bot } = reactions;
  if (customer === null && bot === null) return null;
  const said = [
    customer !== null && messages.reactionBy(chat.you, customer),
    bot !== null && messages.reactionBy(chat.bot, bot),
  ].filter(Boolean);
  return (
    <span className="reactions" role="img" aria-label={said.join(", ")} title={said.join("\n")}>
      {customer}
      {bot !== customer && bot}
    </span>
  );
}
