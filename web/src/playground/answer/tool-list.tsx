import "../../turn/tool-calls.css";
import type { Json } from "../../../../lib/types/json.ts";
import { usePage } from "../../shared/page.tsx";
import type { ToolState } from "../state/answer-state.ts";
import { usePlaygroundTexts } from "../words/texts.ts";

/** Tools of an answer as they run: folded, with their state and time. */
export function ToolList({ tools }: { tools: readonly ToolState[] }) {
  if (tools.length === 0) return null;
  return (
    <div className="trial-tools">
      {tools.map((tool) => (
        <Tool key={tool.id} tool={tool} />
      ))}
    </div>
  );
}

function Tool({ tool }: { tool: ToolState }) {
  const { texts, formats } = usePage();
  const words = usePlaygroundTexts().tool;
  const { name, input, output, simulated, failed, ms } = tool;
  const state = output === undefined ? "running" : failed ? "failed" : "done";
  return (
    <details className="tool-call" data-state={state}>
      <summary>
        <code>{name}</code>
        <span className="tool-state">{words[state]}</span>
        {simulated && (
          <span className="tool-state" data-simulated title={words.simulatedHint}>
            {words.simulated}
          </span>
        )}
        {ms !== null && <span className="number">{formats.duration(ms)}</span>}
      </summary>
      {simulated && <p className="hint">{words.simulatedHint}</p>}
      <Value name={texts.turn.input} value={input} />
      {output !== undefined && <Value name={texts.turn.output} value={output} />}
    </details>
  );
}

function Value({ name, value }: { name: string; value: Json }) {
  return (
    <div className="tool-value">
      <h4>{name}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long results scroll, which needs the focus. */}
      <pre tabIndex={0}>{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</pre>
    </div>
  );
}
