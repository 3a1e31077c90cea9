import { useState } from "react";
import { Field } from "../../console/shell/field.tsx";
import { FormDialog } from "../../console/shell/form-dialog.tsx";
import { type ChosenRange, localValue, problemOf, utcValue } from "./range.ts";
import { useInsightTexts } from "./texts.ts";

const DAY_MS = 86_400_000;

interface Props {
  range: ChosenRange;
  onChoose(range: ChosenRange): void;
  onClose(): void;
}

/** Asks for the two ends of a period. */
export function OwnRange({ range, onChoose, onClose }: Props) {
  const { frame } = useInsightTexts();
  const [from, setFrom] = useState(() =>
    localValue("from" in range ? Date.parse(range.from) : Date.now() - DAY_MS),
  );
  const [to, setTo] = useState(() => localValue("to" in range ? Date.parse(range.to) : Date.now()));
  const [tried, setTried] = useState(false);
  const problem = problemOf(Date.parse(from), Date.parse(to), Date.now());
  const choose = () => {
    setTried(true);
    if (problem !== null) return;
    onChoose({ from: utcValue(from), to: utcValue(to) });
    onClose();
  };
  return (
    <FormDialog
      title={frame.ownTitle}
      act={null}
      label={frame.show}
      noValidate
      onSubmit={choose}
      onClose={onClose}
    >
      <Field label={frame.from} hint={frame.ownHint}>
        {(id, describedBy) => (
          <input
            data-first
            id={id}
            aria-describedby={describedBy}
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={frame.to} error={tried && problem !== null ? frame[problem] : null}>
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            type="datetime-local"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
