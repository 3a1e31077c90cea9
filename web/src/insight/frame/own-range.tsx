import { useState } from "react";
import { Dialog } from "../../console/shell/dialog.tsx";
import { Field } from "../../console/shell/field.tsx";
import { useTexts } from "../../console/shell/texts.ts";
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
  const { shell } = useTexts();
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
    <Dialog title={frame.ownTitle} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          choose();
        }}
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
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={onClose}>
            {shell.cancel}
          </button>
          <button type="submit" className="button primary">
            {frame.show}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
