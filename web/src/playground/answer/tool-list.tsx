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
  const { name, input, output, simulated, withheld, failed, ms } = tool;
  const code = failed ? codeOf(output) : null;
  const hint = withheld ? words.withheldHint : words.simulatedHint;
  const state = output === undefined ? "running" : failed ? "failed" : "done";
  return (
    <details className="tool-call" data-state={state}>
      <summary>
        <code>{name}</code>
        {!withheld && <span className="tool-state">{words[state]}</span>}
        {code !== null && <span className="tool-failed">{code}</span>}
        {simulated && (
          <span className="tool-state" data-simulated title={hint}>
            {withheld ? words.withheld : words.simulated}
          </span>
        )}
        {ms !== null && !withheld && <span className="number">{formats.duration(ms)}</span>}
      </summary>
      {simulated && <p className="hint">{hint}</p>}
      <Value name={texts.turn.input} value={input} />
      {output !== undefined && <Value name={texts.turn.output} value={output} />}
    </details>
  );
}

/** How a call failed: the code of its outcome. */
function codeOf(output: Json | undefined): string | null {
  if (typeof output !== "object" || output === null || Array.isArray(output)) return null;
  return typeof output.error === "string" ? output.error : null;
}

function Value({ name, value }: { name: string; value: Json }) {
  return (
    <div className="tool-value">
      <p className="tool-value-name">{name}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long results scroll, which needs the focus. */}
      <pre tabIndex={0}>{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</pre>
    </div>
  );
}
