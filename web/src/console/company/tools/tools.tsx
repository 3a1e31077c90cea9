import "./tools.css";
import { withoutItem } from "../draft/applied.ts";
import { useCompanyTexts } from "../draft/texts.ts";
import type { UseDraft } from "../draft/use-draft.ts";
import { WholeProblem } from "../draft/whole-problem.tsx";
import { NewTool } from "./new-tool.tsx";
import { ToolCard } from "./tool-card.tsx";

/** The tools that the company declares, each as its file in a company folder. */
export function Tools({ editing }: { editing: UseDraft }) {
  const { tools: words } = useCompanyTexts();
  const { company, mayEdit } = editing;
  const tools = (company?.tools ?? []).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return (
    <div className="intents">
      <p className="hint">{words.intro}</p>
      <WholeProblem section="tools" editing={editing} />
      {tools.length === 0 && <p>{words.none}</p>}
      {tools.map((tool) => (
        <ToolCard key={tool.name} tool={tool} editing={editing} />
      ))}
      <Removed editing={editing} />
      {mayEdit && <NewTool names={tools.map(({ name }) => name)} onAdd={editing.setTool} />}
    </div>
  );
}

/** Tools that the draft takes away, with the way back. */
function Removed({ editing: { changes, mayEdit, store } }: { editing: UseDraft }) {
  const { tools: words } = useCompanyTexts();
  const removed = Object.entries(changes.tools ?? {}).flatMap(([name, tool]) => (tool === null ? name : []));
  return removed.map((name) => (
    <p key={name} className="card tool-removed">
      <span>{words.removed(name)}</span>
      {mayEdit && (
        <button
          type="button"
          className="button small"
          onClick={() => store.edit((now) => withoutItem(now, `tools.${name}`))}
        >
          {words.restore}
          <span className="unseen">: {name}</span>
        </button>
      )}
    </p>
  ));
}
