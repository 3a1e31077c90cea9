import { type FormEvent, useState } from "react";
import type { DeclaredTool } from "../../../../../lib/types/tools/declared.ts";
import { Field } from "../../shell/field.tsx";
import { useCompanyTexts } from "../draft/texts.ts";
import { STARTER, TOOL_NAME } from "./tool-file.ts";

interface Props {
  /** Taken already. */
  names: readonly string[];
  onAdd(name: string, tool: DeclaredTool): void;
}

/** Adds a tool to the draft, with an example to begin from. */
export function NewTool({ names, onAdd }: Props) {
  const { tools: words } = useCompanyTexts();
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const found = !TOOL_NAME.test(name) ? words.badName : names.includes(name) ? words.takenName : null;
    setProblem(found);
    if (found !== null) return;
    onAdd(name, { ...STARTER, name });
    setName("");
  };
  return (
    <form className="card form tool-new" onSubmit={add} noValidate>
      <Field label={words.newName} hint={words.newHint} error={problem}>
        {(id, more) => (
          <input
            id={id}
            aria-describedby={more}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value.trim())}
          />
        )}
      </Field>
      <button type="submit" className="button">
        {words.add}
      </button>
    </form>
  );
}
