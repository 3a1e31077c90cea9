import { useState } from "react";
import type { Containment, Settings } from "../../../../contracts/console/settings.ts";
import { api } from "../../console/client/api.ts";
import { useTenant } from "../../console/client/session.tsx";
import { tenantPath } from "../../console/client/use-api.ts";
import { differing } from "../../console/settings/changes.ts";
import { Field } from "../../console/shell/field.tsx";
import { FormDialog } from "../../console/shell/form-dialog.tsx";
import { useTexts } from "../../console/shell/texts.ts";
import { useToasts } from "../../console/shell/toasts.tsx";
import { useAct } from "../../console/shell/use-act.ts";
import { useInsightTexts } from "../frame/texts.ts";

const SCORES = [1, 2, 3] as const;
const HOURS = [48, 72, 168] as const;

interface Props {
  definition: Containment;
  onSaved(): void;
  onClose(): void;
}

/** Asks an owner what the company counts as contained. */
export function DefinitionDialog({ definition, onSaved, onClose }: Props) {
  const { shell } = useTexts();
  const { conversations: words } = useInsightTexts();
  const { tenantId } = useTenant();
  const toasts = useToasts();
  const [draft, setDraft] = useState(definition);
  const saving = useAct(async () => {
    await api<Settings>(tenantPath(tenantId, "/settings"), {
      body: { containment: differing(definition, draft) },
    });
    toasts.show({ text: shell.saved });
    onSaved();
    onClose();
  });
  return (
    <FormDialog title={words.defineTitle} act={saving} onSubmit={() => void saving.run()} onClose={onClose}>
      <p className="hint">{words.defineHint}</p>
      <Conditions draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
    </FormDialog>
  );
}

interface ConditionsProps {
  draft: Containment;
  onChange(change: Partial<Containment>): void;
}

function Conditions({ draft, onChange }: ConditionsProps) {
  const { form } = useInsightTexts().conversations;
  return (
    <>
      <label className="check">
        <input
          data-first
          type="checkbox"
          checked={draft.withoutHandoff}
          onChange={({ currentTarget }) => onChange({ withoutHandoff: currentTarget.checked })}
        />
        <span>{form.withoutHandoff}</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.withoutOperator}
          onChange={({ currentTarget }) => onChange({ withoutOperator: currentTarget.checked })}
        />
        <span>{form.withoutOperator}</span>
      </label>
      <Choice
        label={form.rating}
        words={form.ratings}
        values={SCORES}
        value={draft.lowScore}
        onChange={(lowScore) => onChange({ lowScore })}
      />
      <Choice
        label={form.again}
        hint={form.againHint}
        words={form.agains}
        values={HOURS}
        value={draft.quietHours}
        onChange={(quietHours) => onChange({ quietHours })}
      />
    </>
  );
}

interface ChoiceProps<Value extends number> {
  label: string;
  hint?: string;
  words: { any: string; of(value: NoInfer<Value>): string };
  values: readonly Value[];
  /** Null: it does not matter. */
  value: Value | null;
  onChange(value: Value | null): void;
}

function Choice<Value extends number>({ label, hint, words, values, value, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label} hint={hint}>
      {(id, more) => (
        <select
          id={id}
          aria-describedby={more}
          value={value ?? ""}
          onChange={({ currentTarget }) =>
            onChange(values.find((each) => String(each) === currentTarget.value) ?? null)
          }
        >
          <option value="">{words.any}</option>
          {values.map((each) => (
            <option key={each} value={each}>
              {words.of(each)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
