import { usePage } from "../shared/page.tsx";
import type { Reactions } from "./rows.ts";

/** Reactions of both sides, on the edge of a bubble. */
export function ReactionBadge({
  reactions: { customer, business, businessAuthor },
}: {
  reactions: Reactions;
}) {
  const { texts } = usePage();
  const { authors } = texts.chat;
  if (customer === null && business === null) return null;
  const names = [
    customer !== null && `${authors.customer}: ${customer}`,
    business !== null && `${authors[businessAuthor]}: ${business}`,
  ].filter(Boolean);
  return (
    <span className="reactions" role="img" aria-label={names.join(", ")} title={names.join("\n")}>
      {customer}
      {business !== customer && business}
    </span>
  );
}
