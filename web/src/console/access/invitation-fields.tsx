import { Field } from "../shell/field.tsx";
import { useTexts } from "../shell/texts.ts";
import { PasswordField } from "./password-field.tsx";

interface Props {
  email: string;
  /** The person has a password already. */
  known: boolean;
  /** The server found the password too easy. */
  refused: boolean;
}

/** Fields with which an invitation is accepted: a password that exists, or a name and a new one. */
export function InvitationFields({ email, known, refused }: Props) {
  const { access } = useTexts();
  return (
    <>
      <Field label={access.email}>
        {(id) => <input id={id} type="email" name="email" autoComplete="username" readOnly value={email} />}
      </Field>
      {!known && (
        <Field label={access.name} hint={access.nameHint}>
          {(id, more) => (
            <input
              id={id}
              name="name"
              autoComplete="name"
              maxLength={80}
              required
              aria-describedby={more}
              data-first
            />
          )}
        </Field>
      )}
      <PasswordField
        label={known ? access.password : access.newPassword}
        name="password"
        kind={known ? "current-password" : "new-password"}
        hint={known ? access.invitation.known : access.newPasswordHint}
        error={refused ? access.errors.weak : null}
      />
    </>
  );
}
