import "./tool-calls.css";
import type { Json } from "../../../lib/types/json.ts";
import type { SimToolCall } from "../api.ts";
import { usePage } from "../shared/page.tsx";

function Value({ name, value }: { name: string; value: Json }) {
  return (
    <div className="tool-value">
      <h4>{name}</h4>
      {/* Long results scroll, so the keyboard must reach them. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled. */}
      <pre tabIndex={0}>{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</pre>
    </div>
  );
}

function ToolCall({ call }: { call: SimToolCall }) {
  const { texts, formats } = usePage();
  const words = texts.simulator.turn;
  return (
    <details className="tool-call" open data-failed={call.failed}>
      <summary>
        <code>{call.name}</code>
        {call.failed && <b className="tool-failed">✕ {words.toolFailed}</b>}
        <span className="number">{formats.duration(call.ms)}</span>
      </summary>
      <Value name={words.input} value={call.input} />
      <Value name={words.output} value={call.output} />
    </details>
  );
}

/** Every tool the model called: what it gave and what came back. */
export function ToolCalls({ calls }: { calls: readonly SimToolCall[] }) {
  const { texts } = usePage();
  const words = texts.simulator.turn;
  return (
    <section className="card card-wide">
      <h3>{words.tools}</h3>
      {calls.length === 0 && <p className="card-note">{words.noTools}</p>}
      {calls.map((call, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn's calls never change their order.
        <ToolCall key={place} call={call} />
      ))}
    </section>
  );
}
