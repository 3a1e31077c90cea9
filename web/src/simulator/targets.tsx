import "./targets.css";
import type { CSSProperties } from "react";
import type { SimTargets, SimTurn } from "../api.ts";
import { usePage } from "../shared/page.tsx";
import { type Measured, measure } from "./stages.ts";

// The target stands at 80 % of the scale, so that a bar beyond it is seen to be beyond.
const TARGET_SHARE = 0.8;

function Target({ measured: { name, ms, targetMs } }: { measured: Measured }) {
  const { texts, formats } = usePage();
  const words = texts.simulator.turn;
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

/** The four promises and how this turn, if there is one yet, kept them. */
export function Targets({ turn, targets }: { turn: SimTurn | null; targets: SimTargets }) {
  const { texts } = usePage();
  return (
    <ul className="targets" aria-label={texts.simulator.turn.targets}>
      {measure(turn, targets).map((measured) => (
        <Target key={measured.name} measured={measured} />
      ))}
    </ul>
  );
}
