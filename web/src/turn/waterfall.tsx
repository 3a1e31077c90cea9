import "./waterfall.css";
import type { CSSProperties } from "react";
import type { TurnView } from "../../../contracts/turn.ts";
import { usePage } from "../shared/page.tsx";
import { textFor } from "../texts/texts.ts";
import { type StageBar, waterfall } from "./stages.ts";

function Stage({ bar, totalMs }: { bar: StageBar; totalMs: number }) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  const name = bar.within ? `${words.tool} ${bar.name}` : (textFor(words.stages, bar.name) ?? bar.name);
  const share = (ms: number) => `${(ms / totalMs) * 100}%`;
  return (
    <li
      className="stage"
      data-stage={bar.name}
      data-within={bar.within}
      data-before={bar.beforeAnswer}
      style={{ "--start": share(bar.startMs), "--length": share(bar.ms) } as CSSProperties}
    >
      <span className="stage-name">{name}</span>
      <span className="stage-cord" aria-hidden="true">
        <span className="stage-knot" />
      </span>
      <span className="stage-ms number">{formats.duration(bar.ms)}</span>
    </li>
  );
}

/** Stages of a turn on one time line, drawn as knots on the cords of a quipu. */
export function Waterfall({ turn }: { turn: TurnView }) {
  const { texts } = usePage();
  const words = texts.turn;
  const bars = waterfall(turn);
  const totalMs = Math.max(1, ...bars.map((bar) => bar.startMs + bar.ms));
  const before = bars.filter((bar) => bar.beforeAnswer);
  const after = bars.filter((bar) => !bar.beforeAnswer);
  const row = (bar: StageBar) => <Stage key={`${bar.within}:${bar.name}`} bar={bar} totalMs={totalMs} />;
  return (
    <section className="card card-wide">
      <h3>{words.waterfall}</h3>
      {before.length > 0 && <p className="stage-group">{words.beforeAnswer}</p>}
      <ol className="stages">{before.map(row)}</ol>
      <p className="stage-group">{words.afterAnswer}</p>
      <ol className="stages">{after.map(row)}</ol>
    </section>
  );
}
