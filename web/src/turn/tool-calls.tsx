import "./tool-calls.css";
import type { ToolCallView } from "../../../contracts/turn.ts";
import type { Json } from "../../../lib/types/json.ts";
import { usePage } from "../shared/page.tsx";

function Value({ name, value }: { name: string; value: Json }) {
  return (
    <div className="tool-value">
      <h4>{name}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long results scroll, which needs the focus. */}
      <pre tabIndex={0}>{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</pre>
    </div>
  );
}

interface CallProps {
  call: ToolCallView;
  folded?: boolean;
  /** False: what went in and came out is not for this reader. */
  withValues?: boolean;
}

/** One tool call with input and output; open unless `folded`. */
export function ToolCall({ call, folded = false, withValues = true }: CallProps) {
  const { texts, formats } = usePage();
  const words = texts.turn;
  if (!withValues)
    return (
      <p className="tool-call tool-call-bare" data-failed={call.failed}>
        <code>{call.name}</code>
        {call.failed && <b className="tool-failed">✕ {words.toolFailed}</b>}
        <span className="number">{formats.duration(call.ms)}</span>
      </p>
    );
  return (
    <details className="tool-call" open={!folded} data-failed={call.failed}>
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

/** Tool calls of a turn with input and output. */
export function ToolCalls({
  calls,
  withValues = true,
}: { calls: readonly ToolCallView[] } & Pick<CallProps, "withValues">) {
  const { texts } = usePage();
  const words = texts.turn;
  return (
    <section className="card card-wide">
      <h3>{words.tools}</h3>
      {calls.length === 0 && <p className="card-note">{words.noTools}</p>}
      {calls.map((call, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn's calls never change order.
        <ToolCall key={place} call={call} withValues={withValues} />
      ))}
    </section>
  );
}
