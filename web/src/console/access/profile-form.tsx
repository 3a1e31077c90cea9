import type { FormEvent } from "react";
import type { Profile } from "../../../../contracts/console/access.ts";
import { usePage } from "../../shared/page.tsx";
import { api } from "../client/api.ts";
import { useSession } from "../client/session.tsx";
import { Field } from "../shell/field.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";

/** Name and language of the operator. */
export function ProfileForm() {
  const { shell, access } = useTexts();
  const { texts } = usePage();
  const { me, refresh } = useSession();
  const toasts = useToasts();
  const saving = useAct(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const language = String(data.get("language")) || null;
    const body: Profile = { name: String(data.get("name")), language: language as Profile["language"] };
    await api("/profile", { body });
    await refresh();
    toasts.show({ text: shell.saved });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void saving.run(event.currentTarget);
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{access.profile}</h2>
      <Field label={access.email}>{(id) => <input id={id} type="email" readOnly value={me.email} />}</Field>
      <Field label={access.name} hint={access.nameHint}>
        {(id, more) => (
          <input
            id={id}
            name="name"
            autoComplete="name"
            maxLength={80}
            required
            defaultValue={me.name}
            aria-describedby={more}
          />
        )}
      </Field>
      <Field label={texts.language}>
        {(id) => (
          <select id={id} name="language" defaultValue={me.language ?? ""}>
            <option value="">{access.browserLanguage}</option>
            <option value="es">Español</option>
            <option value="en">English</option>
            <option value="pt">Português</option>
          </select>
        )}
      </Field>
      {saving.error !== null && <Problem error={saving.error} />}
      <div className="form-foot">
        <button type="submit" className="button primary" disabled={saving.busy}>
          {saving.busy ? shell.saving : shell.save}
        </button>
      </div>
    </form>
  );
}
