import "./waterfall.css";
import type { CSSProperties } from "react";
import type { LatencyTargets, TurnView } from "../../../contracts/turn.ts";
import { usePage } from "../shared/page.tsx";
import { textFor } from "../texts/texts.ts";
import { type StageBar, targetOf, waterfall } from "./stages.ts";

interface StageProps {
  bar: StageBar;
  totalMs: number;
  targets: LatencyTargets | null;
}

function Stage({ bar, totalMs, targets }: StageProps) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  const name = bar.within ? `${words.tool} ${bar.name}` : (textFor(words.stages, bar.name) ?? bar.name);
  const share = (ms: number) => `${(ms / totalMs) * 100}%`;
  const own = targets && targetOf(bar, targets);
  const isOver = own !== null && bar.ms > own;
  const groupMs = targets && (bar.beforeAnswer ? targets.webhookMs : targets.waitMs);
  const places = {
    "--start": share(bar.startMs),
    "--length": share(bar.ms),
    ...(own !== null && { "--target": share(bar.startMs + own) }),
    ...(groupMs !== null && { "--group-target": share(groupMs) }),
  };
  return (
    <li
      className="stage"
      data-stage={bar.name}
      data-within={bar.within}
      data-before={bar.beforeAnswer}
      data-over={isOver}
      style={places as CSSProperties}
    >
      <span className="stage-name">
        {name}
        {own !== null && <small>{words.target(formats.duration(own))}</small>}
      </span>
      <span className="stage-cord" aria-hidden="true">
        <span className="stage-knot" />
        {groupMs !== null && <span className="stage-target stage-target-group" />}
        {own !== null && bar.startMs + own <= totalMs && <span className="stage-target" />}
      </span>
      <span className="stage-ms number">
        {isOver && "▲ "}
        {formats.duration(bar.ms)}
      </span>
    </li>
  );
}

interface Props {
  turn: Pick<TurnView, "stagesMs" | "waitMs">;
  /** Drawn in. */
  targets?: LatencyTargets;
  /** What the lines are. */
  note?: string;
}

/** Stages of a turn on one time line, drawn as knots on the cords of a quipu. */
export function Waterfall({ turn, targets, note }: Props) {
  const { texts } = usePage();
  const words = texts.turn;
  const bars = waterfall(turn);
  // With targets the scale is as long as the customer's wait may be.
  const totalMs = Math.max(targets ? targets.waitMs * 1.02 : 1, ...bars.map((bar) => bar.startMs + bar.ms));
  const before = bars.filter((bar) => bar.beforeAnswer);
  const after = bars.filter((bar) => !bar.beforeAnswer);
  const row = (bar: StageBar) => (
    <Stage key={`${bar.within}:${bar.name}`} bar={bar} totalMs={totalMs} targets={targets ?? null} />
  );
  return (
    <section className="card card-wide">
      <h3>{words.waterfall}</h3>
      {note !== undefined && <p className="card-note">{note}</p>}
      {before.length > 0 && <p className="stage-group">{words.beforeAnswer}</p>}
      <ol className="stages">{before.map(row)}</ol>
      <p className="stage-group">{words.afterAnswer}</p>
      <ol className="stages">{after.map(row)}</ol>
    </section>
  );
}
