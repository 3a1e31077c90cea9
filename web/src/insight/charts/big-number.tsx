import "./big-number.css";
import type { ReactNode } from "react";

interface Props {
  label: string;
  value: string;
  /** The counts behind it, e.g. `950 of 1,000`. */
  note?: ReactNode;
  /** Said by a sign and words too, never by colour alone. */
  state?: { good: boolean; words: string };
}

/** A figure to be read from across the room. */
export function BigNumber({ label, value, note, state }: Props) {
  return (
    <div className="big-number" data-good={state?.good}>
      <dt>{label}</dt>
      <dd className="big-number-value number">{value}</dd>
      {note && <dd className="big-number-note number">{note}</dd>}
      {state && (
        <dd className="big-number-state">
          <span aria-hidden="true">{state.good ? "✓ " : "▲ "}</span>
          {state.words}
        </dd>
      )}
    </div>
  );
}

/** Big numbers beside each other. */
export function BigNumbers({ children }: { children: ReactNode }) {
  return <dl className="big-numbers">{children}</dl>;
}
