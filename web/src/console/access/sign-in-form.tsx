import { type FormEvent, useState } from "react";
import type { Me, SignIn } from "../../../../contracts/console/access.ts";
import { api } from "../client/api.ts";
import { Field } from "../shell/field.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";

interface Props {
  /** Whose session it was; cannot be changed then. */
  email?: string;
  onSignedIn(me: Me): void;
}

/** E-mail address and password. */
export function SignInForm({ email, onSignedIn }: Props) {
  const { access } = useTexts();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body: SignIn = { email: String(data.get("email")).trim(), password: String(data.get("password")) };
    setBusy(true);
    setError(null);
    try {
      onSignedIn(await api<Me>("/sign-in", { body }));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label={access.email}>
        {(id) => (
          <input
            id={id}
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={email}
            readOnly={email !== undefined}
          />
        )}
      </Field>
      <Field label={access.password}>
        {(id) => (
          <input
            id={id}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            data-first
          />
        )}
      </Field>
      {error !== null && <Problem error={error} words={access.errors} />}
      <button type="submit" className="button primary" disabled={busy}>
        {busy ? access.signingIn : access.signIn}
      </button>
    </form>
  );
}
