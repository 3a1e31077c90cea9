import "./turn-panel.css";
import "./card.css";
import type { LatencyTargets, TurnView } from "../../../contracts/turn.ts";
import { usePage } from "../shared/page.tsx";
import { Facts } from "./facts.tsx";
import { Headline } from "./headline.tsx";
import { Targets } from "./targets.tsx";
import { ToolCalls } from "./tool-calls.tsx";
import { TurnStrip } from "./turn-strip.tsx";
import { Understood } from "./understood.tsx";
import { Waterfall } from "./waterfall.tsx";

interface Props {
  turns: readonly TurnView[];
  /** The selected turn. */
  turn: TurnView | null;
  targets: LatencyTargets | null;
  onTurn(id: string): void;
}

/** Details of one turn: latency against the targets, intent, tool calls and cost. */
export function TurnPanel({ turns, turn, targets, onTurn }: Props) {
  const { texts } = usePage();
  const words = texts.turn;
  return (
    <section className="turn-panel" aria-labelledby="turn-title">
      <header className="turn-head">
        <h2 className="display" id="turn-title">
          {words.title}
        </h2>
        {turn && targets && <TurnStrip turns={turns} turn={turn} targetMs={targets.waitMs} onTurn={onTurn} />}
      </header>
      {turn && targets ? (
        <div className="turn-cards" key={turn.id}>
          <div className="card card-wide">
            <Headline turn={turn} isAnswered={turn.outboundIds.length > 0} targetMs={targets.waitMs} />
            <Targets turn={turn} targets={targets} />
          </div>
          <Waterfall turn={turn} />
          <Understood turn={turn} />
          <Facts turn={turn} />
          <ToolCalls calls={turn.toolCalls} />
        </div>
      ) : (
        <div className="turn-cards">
          <div className="card card-wide">
            <p className="turn-none">{words.none}</p>
            {targets && <Targets turn={null} targets={targets} />}
          </div>
        </div>
      )}
    </section>
  );
}
