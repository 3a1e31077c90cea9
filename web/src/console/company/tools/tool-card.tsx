import { useState } from "react";
import type { DeclaredTool } from "../../../../../lib/types/tools/declared.ts";
import { useKeepUnsaved } from "../../settings/use-keep-unsaved.ts";
import { Field } from "../../shell/field.tsx";
import { Fold } from "../draft/fold.tsx";
import { useCompanyTexts } from "../draft/texts.ts";
import { problemOf, type UseDraft } from "../draft/use-draft.ts";
import { fileOf, type ToolFile, toolIn, whereOf } from "./tool-file.ts";

interface Props {
  tool: DeclaredTool;
  editing: UseDraft;
}

/** One tool: what it is for and where it calls, and its declaration to be edited. */
export function ToolCard({ tool, editing }: Props) {
  const { tools: words } = useCompanyTexts();
  const { changes, view, mayEdit, setTool } = editing;
  const { name } = tool;
  const problem = problemOf(view?.problems ?? [], `tools.${name}`);
  return (
    <Fold
      isWrong={problem !== null}
      summary={
        <>
          <span className="intent-name">{name}</span>
          <span className="badge">{words.kinds[kindOf(tool)]}</span>
          {name in (changes.tools ?? {}) && <span aria-hidden="true">●</span>}
        </>
      }
    >
      <fieldset className="form" disabled={!mayEdit}>
        <p className="tool-where">{whereOf(tool)}</p>
        <Declaration tool={tool} problem={problem} onChange={(file) => setTool(name, { ...file, name })} />
        <button type="button" className="button small" onClick={() => setTool(name, null)}>
          {words.remove}
          <span className="unseen">: {name}</span>
        </button>
      </fieldset>
    </Fold>
  );
}

/** Its JSON. What cannot be read as JSON stays in the field and is told; the draft keeps what was last readable. */
function Declaration({
  tool,
  problem,
  onChange,
}: {
  tool: DeclaredTool;
  problem: string | null;
  onChange(file: ToolFile): void;
}) {
  const { tools: words } = useCompanyTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = fileOf(tool);
  const isBroken = typed !== null && toolIn(typed) === null;
  useKeepUnsaved(isBroken);
  const change = (text: string) => {
    setTyped(text);
    const file = toolIn(text);
    if (file !== null) onChange(file);
  };
  const text = typed ?? shown;
  return (
    <Field label={words.declaration} hint={words.declarationHint} error={isBroken ? words.notJson : problem}>
      {(id, more) => (
        <textarea
          id={id}
          aria-describedby={more}
          className="tool-json"
          rows={Math.min(text.split("\n").length + 1, 30)}
          spellCheck={false}
          autoCapitalize="off"
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onBlur={() => !isBroken && setTyped(null)}
        />
      )}
    </Field>
  );
}

function kindOf({ effect, takes, via }: DeclaredTool): "effect" | "cart" | "orders" | "reads" {
  if (takes === "order") return "cart";
  if (effect) return "effect";
  return via?.kind === "orders" ? "orders" : "reads";
}
