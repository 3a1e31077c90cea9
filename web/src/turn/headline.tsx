import type { TurnView } from "../../../contracts/turn.ts";
import { usePage } from "../shared/page.tsx";

interface Props {
  turn: Pick<TurnView, "waitMs">;
  /** False when nothing was sent. */
  isAnswered: boolean;
  targetMs: number;
}

/** How long the customer waited, and how that compares with the target. */
export function Headline({ turn: { waitMs }, isAnswered, targetMs }: Props) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  const unanswered = waitMs === null || !isAnswered;
  const left = waitMs === null ? 0 : targetMs - waitMs;
  return (
    <p className="turn-headline" data-over={left < 0}>
      {unanswered ? words.noReply : words.answered}
      {!unanswered && <strong className="display number">{formats.duration(waitMs)}</strong>}
      {!unanswered && (
        <span className="verdict number">
          {left < 0 ? `▲ ${words.over(formats.duration(-left))}` : `✓ ${words.under(formats.duration(left))}`}
        </span>
      )}
    </p>
  );
}
