import type { FormEvent, ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
import { Problem } from "./problem.tsx";
import { useTexts } from "./texts.ts";
import type { Act } from "./use-act.ts";

/** What a form does when it is submitted. */
interface ActFormProps {
  /** Whether it runs, and what went wrong; null: it cannot fail. */
  act: Pick<Act<never[]>, "busy" | "error"> | null;
  onSubmit(): void;
  onCancel(): void;
  /** Words for codes of this act. */
  words?: Readonly<Record<string, string>>;
  /** Of the button that does it; absent: saves. */
  label?: string;
  /** The same while it runs; absent: as before. */
  busyLabel?: string;
  /** Of the button that leaves; absent: cancels. */
  cancelLabel?: string;
  /** Fields say what is wrong in our own words, not in the browser's. */
  noValidate?: boolean;
  /** Another button between the two. */
  between?: ReactNode;
  children: ReactNode;
}

/** A form in a dialog: its fields, what went wrong, and the way out beside the button that does it. */
export function ActForm({ act, onSubmit, onCancel, words = {}, between, children, ...more }: ActFormProps) {
  const { shell } = useTexts();
  const { label = shell.save, cancelLabel = shell.cancel, noValidate = false } = more;
  const { busyLabel = more.label ?? shell.saving } = more;
  const { busy, error } = act ?? { busy: false, error: null };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className="form" noValidate={noValidate} onSubmit={submit}>
      {children}
      {error !== null && <Problem error={error} words={words} />}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onCancel}>
          {cancelLabel}
        </button>
        {between}
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? busyLabel : label}
        </button>
      </div>
    </form>
  );
}

interface FormDialogProps extends Omit<ActFormProps, "onCancel"> {
  title: string;
  shape?: "wide";
  onClose(): void;
}

/** A dialog that is one form. */
export function FormDialog({ title, shape, onClose, ...form }: FormDialogProps) {
  return (
    <Dialog title={title} onClose={onClose} {...(shape ? { shape } : {})}>
      <ActForm {...form} onCancel={onClose} />
    </Dialog>
  );
}
