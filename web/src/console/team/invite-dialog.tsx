import { type FormEvent, useState } from "react";
import type { Invite, Invited, Role } from "../../../../contracts/console/access.ts";
import { CopyButton } from "../../shared/copy-button.tsx";
import { ApiError, api } from "../client/api.ts";
import { useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { useDates } from "../shell/dates.ts";
import { Dialog } from "../shell/dialog.tsx";
import { Field } from "../shell/field.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useAct } from "../shell/use-act.ts";
import { RoleChoice } from "./role-select.tsx";

interface Props {
  onInvited(): void;
  onClose(): void;
}

/** Invites somebody; the link is shown once. */
export function InviteDialog({ onInvited, onClose }: Props) {
  const { access } = useTexts();
  const [invited, setInvited] = useState<(Invited & { email: string }) | null>(null);
  return (
    <Dialog
      key={invited ? "link" : "form"}
      title={invited ? access.team.linkTitle : access.team.invite}
      onClose={onClose}
      insistent={invited !== null}
    >
      {invited ? (
        <Link invited={invited} onClose={onClose} />
      ) : (
        <InviteForm
          onInvited={(answer) => {
            setInvited(answer);
            onInvited();
          }}
        />
      )}
    </Dialog>
  );
}

function InviteForm({ onInvited }: { onInvited(invited: Invited & { email: string }): void }) {
  const { access } = useTexts();
  const { tenantId } = useTenant();
  const inviting = useAct(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const body: Invite = { email: String(data.get("email")).trim(), role: data.get("role") as Role };
    const answer = await api<Invited>(tenantPath(tenantId, "/invitations"), { body });
    onInvited({ ...answer, email: body.email });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void inviting.run(event.currentTarget);
  };
  const isInvalid = inviting.error instanceof ApiError && inviting.error.code === "invalid";
  return (
    <form className="form" onSubmit={submit}>
      <Field label={access.email} error={isInvalid ? access.errors.email : null}>
        {(id, more) => (
          <input
            id={id}
            name="email"
            type="email"
            autoComplete="off"
            required
            data-first
            aria-describedby={more}
          />
        )}
      </Field>
      <RoleChoice initial="agent" />
      {inviting.error !== null && !isInvalid && <Problem error={inviting.error} words={access.errors} />}
      <div className="dialog-buttons">
        <button type="submit" className="button primary" disabled={inviting.busy}>
          {access.team.makeLink}
        </button>
      </div>
    </form>
  );
}

function Link({
  invited: { link, email, expiresAt },
  onClose,
}: {
  invited: Invited & { email: string };
  onClose(): void;
}) {
  const { access } = useTexts();
  const dates = useDates();
  return (
    <>
      <p>{access.team.linkAdvice(email, dates.moment(expiresAt))}</p>
      <p className="team-link">
        <code>{link}</code>
        <CopyButton value={link} label={access.team.linkTitle} />
      </p>
      <div className="dialog-buttons">
        <button type="button" className="button primary" data-first onClick={onClose}>
          {access.team.linkDone}
        </button>
      </div>
    </>
  );
}
