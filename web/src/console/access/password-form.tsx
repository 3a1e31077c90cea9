import type { FormEvent } from "react";
import { useSWRConfig } from "swr";
import type { ChangePassword } from "../../../../contracts/console/access.ts";
import { ApiError, api } from "../client/api.ts";
import { useSession } from "../client/session.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";
import { PasswordField } from "./password-field.tsx";

const codeOf = (error: unknown): string | null => (error instanceof ApiError ? error.code : null);

/** Change of the password; the other sessions end. */
export function PasswordForm() {
  const { shell, access } = useTexts();
  const { me } = useSession();
  const { mutate } = useSWRConfig();
  const toasts = useToasts();
  const saving = useAct(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const body: ChangePassword = { current: String(data.get("current")), next: String(data.get("next")) };
    await api("/password", { body });
    form.reset();
    void mutate("/sessions");
    toasts.show({ text: access.passwordChanged });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void saving.run(event.currentTarget);
  };
  const code = codeOf(saving.error);
  const isShownAtField = code === "wrong_password" || code === "invalid";
  return (
    <form className="card" onSubmit={submit}>
      <h2>{access.password}</h2>
      <input type="email" autoComplete="username" readOnly hidden value={me.email} />
      <PasswordField
        label={access.currentPassword}
        name="current"
        kind="current-password"
        error={code === "wrong_password" ? access.errors.wrong_password : null}
      />
      <PasswordField
        label={access.newPassword}
        name="next"
        kind="new-password"
        hint={access.newPasswordHint}
        error={code === "invalid" ? access.errors.weak : null}
      />
      {saving.error !== null && !isShownAtField && <Problem error={saving.error} words={access.errors} />}
      <div className="form-foot">
        <button type="submit" className="button primary" disabled={saving.busy}>
          {saving.busy ? shell.saving : access.changePassword}
        </button>
        <span className="hint">{access.passwordEnds}</span>
      </div>
    </form>
  );
}
