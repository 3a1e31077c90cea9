import "./field.css";
import { type ReactNode, useId } from "react";

interface Props {
  label: string;
  /** What to enter, in a few words. */
  hint?: string | undefined;
  /** What is wrong with what was entered. */
  error?: string | null;
  /** The control, with the id that its label names and the id of its description. */
  children(id: string, describedBy: string | undefined): ReactNode;
}

/** A labelled control of a form. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const more = error ?? hint;
  return (
    <div className="field" data-wrong={error ? "" : undefined}>
      <label htmlFor={id}>{label}</label>
      {children(id, more ? `${id}-more` : undefined)}
      {more && (
        <p id={`${id}-more`} className="field-more" role={error ? "alert" : undefined}>
          {more}
        </p>
      )}
    </div>
  );
}
