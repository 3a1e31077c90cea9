import "./sparkline.css";
import { largest } from "./scale.ts";
import { pathOf } from "./sparkline-path.ts";

const WIDTH = 120;
const HEIGHT = 32;

interface Props {
  /** Null: nothing happened in this slot. */
  values: readonly (number | null)[];
  /** Drawn as a dashed line. */
  target?: number;
}

/** A line without axes: the figures stand beside it. Slots without events are gaps. */
export function Sparkline({ values, target }: Props) {
  const most = Math.max(largest(values), (target ?? 0) * 1.15) || 1;
  const y = (value: number) => HEIGHT - 2 - (value / most) * (HEIGHT - 4);
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {target !== undefined && (
        <line className="sparkline-target" x1="0" x2={WIDTH} y1={y(target)} y2={y(target)} />
      )}
      <path className="sparkline-line" d={pathOf(values, WIDTH, y)} />
    </svg>
  );
}
