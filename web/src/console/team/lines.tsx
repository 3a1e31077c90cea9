import "./team.css";
import { useState } from "react";
import type { Role, TeamMember } from "../../../../contracts/console/access.ts";
import { api } from "../client/api.ts";
import { useMay, useSession, useTenant } from "../client/session.tsx";
import { tenantPath } from "../client/use-api.ts";
import { Confirm } from "../shell/confirm.tsx";
import { useDates } from "../shell/dates.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";
import { RoleSelect } from "./role-select.tsx";

interface Props {
  member: TeamMember;
  onChange(): Promise<unknown>;
}

/** One person of the team. */
export function MemberLine({ member, onChange }: Props) {
  const { shell, access } = useTexts();
  const { me, refresh } = useSession();
  const { tenantId } = useTenant();
  const isOwner = useMay("owner");
  const toasts = useToasts();
  const [removing, setRemoving] = useState(false);
  const path = tenantPath(tenantId, `/operators/${member.operatorId}`);
  const isMe = member.operatorId === me.id;
  const changing = useAct(async (role: Role) => {
    await api(`${path}/role`, { body: { role } });
    await (isMe ? refresh() : onChange());
    toasts.show({ text: shell.saved });
  });
  const remove = async () => {
    await api(`${path}/remove`, { body: {} });
    await (isMe ? refresh() : onChange());
  };
  const name = member.name || member.email;
  return (
    <li>
      <Person member={member} isMe={isMe} />
      {isOwner ? (
        <div className="line-acts">
          <RoleSelect name={name} role={member.role} disabled={changing.busy} onChange={changing.run} />
          <button type="button" className="button small" onClick={() => setRemoving(true)}>
            {shell.remove}
            <span className="unseen"> {name}</span>
          </button>
        </div>
      ) : (
        <span className="badge">{access.roles[member.role].name}</span>
      )}
      {changing.error !== null && <Problem error={changing.error} words={access.errors} />}
      {removing && (
        <Confirm
          title={access.team.removeTitle(name)}
          act={shell.remove}
          words={access.errors}
          run={remove}
          onClose={() => setRemoving(false)}
        >
          {isMe ? access.team.removeSelf : access.team.removeAdvice}
        </Confirm>
      )}
    </li>
  );
}

function Person({ member: { name, email, lastSeenAt }, isMe }: { member: TeamMember; isMe: boolean }) {
  const { access } = useTexts();
  const dates = useDates();
  const seen = lastSeenAt === null ? null : access.team.lastSeen(dates.relative(lastSeenAt));
  return (
    <>
      <span className="face" aria-hidden="true">
        {[...(name || email)][0]?.toUpperCase()}
      </span>
      <div className="line-main">
        <strong>{name || email}</strong> {isMe && <span className="badge">{access.team.you}</span>}
        <p>{[name ? email : null, seen].filter(Boolean).join(" · ")}</p>
      </div>
    </>
  );
}

/** An invitation that nobody has accepted yet. */
export function InvitedLine({ member: { invitationId, email, role, expiresAt }, onChange }: Props) {
  const { access } = useTexts();
  const { tenantId } = useTenant();
  const dates = useDates();
  const withdrawing = useAct(async () => {
    await api(tenantPath(tenantId, `/invitations/${invitationId}/withdraw`), { body: {} });
    await onChange();
  });
  return (
    <li>
      <div className="line-main">
        <strong>{email}</strong>
        <p>
          {access.roles[role].name}
          {expiresAt !== null && ` · ${access.team.expires(dates.relative(expiresAt))}`}
        </p>
      </div>
      <button type="button" className="button small" disabled={withdrawing.busy} onClick={withdrawing.run}>
        {access.team.withdraw}
        <span className="unseen"> {email}</span>
      </button>
      {withdrawing.error !== null && <Problem error={withdrawing.error} />}
    </li>
  );
}
