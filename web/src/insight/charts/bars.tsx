import "./bars.css";
import type { CSSProperties, ReactNode } from "react";
import { largest } from "./scale.ts";

/** One bar. */
export interface Bar {
  name: string;
  label: ReactNode;
  value: number;
  /** The figure as written beside the bar. */
  words: string;
  /** Second figure, e.g. a share with its count. */
  note?: string;
  /** A line across the bar, in the bar's unit. */
  mark?: number;
  /** What a full bar stands for; absent: the largest of all. */
  most?: number;
}

/** Horizontal bars, in the order given. The figures stand beside them, so they can be read without the bars. */
export function Bars({ bars }: { bars: readonly Bar[] }) {
  const most = largest(bars.flatMap(({ value, mark, most: full }) => [value, mark ?? 0, full ?? 0])) || 1;
  const share = (value: number) => `${(value / most) * 100}%`;
  return (
    <ol className="bar-list">
      {bars.map(({ name, label, value, words, note, mark }) => (
        <li key={name} className="bar-row">
          <span className="bar-label">{label}</span>
          <span
            className="bar-track"
            data-marked={mark === undefined ? undefined : ""}
            aria-hidden="true"
            style={{ "--share": share(value), "--mark": share(mark ?? 0) } as CSSProperties}
          />
          <span className="bar-words number">
            {words}
            {note && <small>{note}</small>}
          </span>
        </li>
      ))}
    </ol>
  );
}
