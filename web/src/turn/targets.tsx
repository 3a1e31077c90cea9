import "./targets.css";
import type { CSSProperties } from "react";
import type { LatencyTargets } from "../../../contracts/turn.ts";
import { usePage } from "../shared/page.tsx";
import { type Measured, measure } from "./stages.ts";

// The target is at 80 % of the scale, which leaves room for bars beyond it.
const TARGET_SHARE = 0.8;

function Target({ measured: { name, ms, targetMs } }: { measured: Measured }) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  const over = ms !== null && ms > targetMs;
  const share = ms === null ? 0 : Math.min(1, (ms / targetMs) * TARGET_SHARE);
  return (
    <li className="target" data-over={over} data-measure={name}>
      <span className="target-name">{words.metrics[name]}</span>
      <span className="target-ms number" data-measured={ms !== null}>
        {ms === null ? words.notMeasured : formats.duration(ms)}
      </span>
      <span
        className="target-scale"
        aria-hidden="true"
        style={{ "--share": `${share * 100}%`, "--target": `${TARGET_SHARE * 100}%` } as CSSProperties}
      />
      <span className="target-verdict number">
        {ms !== null && (
          <b>
            {over ? "▲ " : "✓ "}
            {over
              ? words.over(formats.duration(ms - targetMs))
              : words.under(formats.duration(targetMs - ms))}
          </b>
        )}
        <span>{words.target(formats.duration(targetMs))}</span>
      </span>
    </li>
  );
}

/** The four latency targets and how this turn compares; no turn shows the targets alone. */
export function Targets({ turn, targets }: { turn: Parameters<typeof measure>[0]; targets: LatencyTargets }) {
  const { texts } = usePage();
  return (
    <ul className="targets" aria-label={texts.turn.targets}>
      {measure(turn, targets).map((measured) => (
        <Target key={measured.name} measured={measured} />
      ))}
    </ul>
  );
}
