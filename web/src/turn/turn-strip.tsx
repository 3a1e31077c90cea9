import "./turn-strip.css";
import type { CSSProperties } from "react";
import type { TurnView } from "../../../contracts/turn.ts";
import { usePage } from "../shared/page.tsx";

const SHOWN = 24;

interface Props {
  turns: readonly TurnView[];
  turn: TurnView;
  targetMs: number;
  onTurn(id: string): void;
}

/** Latest turns as bars of the customer's wait with the target as a line; a bar selects its turn. */
export function TurnStrip({ turns, turn, targetMs, onTurn }: Props) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  const latest = turns.slice(-SHOWN);
  const highest = Math.max(targetMs * 1.15, ...latest.map(({ waitMs }) => waitMs ?? 0));
  const share = (ms: number) => `${Math.max(4, (ms / highest) * 100)}%`;
  if (turns.length < 2) return null;
  return (
    <div className="turn-history">
      <span aria-hidden="true">{words.turns}</span>
      <ul
        className="turn-strip"
        aria-label={words.turns}
        style={{ "--target": share(targetMs) } as CSSProperties}
      >
        {latest.map(({ id, at, waitMs }) => (
          <li key={id}>
            <button
              type="button"
              aria-pressed={id === turn.id}
              aria-label={words.turnAt(
                formats.timeWithSeconds(at),
                waitMs === null ? words.noReply : formats.duration(waitMs),
              )}
              title={`${formats.timeWithSeconds(at)}, ${waitMs === null ? words.noReply : formats.duration(waitMs)}`}
              onClick={() => onTurn(id)}
            >
              <span data-over={(waitMs ?? 0) > targetMs} style={{ blockSize: share(waitMs ?? 0) }} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
