import { Field } from "../shell/field.tsx";

interface Props {
  label: string;
  name: string;
  /** A password that is there, or one that is being chosen. */
  kind: "current-password" | "new-password";
  hint?: string;
  error: string | null;
}

/** Field for a password; a password manager knows which. */
export function PasswordField({ label, name, kind, hint, error }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(id, more) => (
        <input
          id={id}
          name={name}
          type="password"
          autoComplete={kind}
          minLength={kind === "new-password" ? 10 : undefined}
          required
          aria-describedby={more}
          aria-invalid={error !== null || undefined}
        />
      )}
    </Field>
  );
}
