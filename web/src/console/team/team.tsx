import { useState } from "react";
import type { TeamMember } from "../../../../contracts/console/access.ts";
import { useMay } from "../client/session.tsx";
import { useTenantApi } from "../client/use-api.ts";
import { PageFrame } from "../shell/page-frame.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { InvitedLine, MemberLine } from "./lines.tsx";

/** People of the company: everybody sees who they are, owners invite, change roles and remove. */
export default function Team() {
  const { shell, access } = useTexts();
  const isOwner = useMay("owner");
  const [inviting, setInviting] = useState(false);
  const { data, error, mutate } = useTenantApi<TeamMember[]>("/operators");
  const refresh = () => mutate();
  const members = data?.filter(({ operatorId }) => operatorId !== null) ?? [];
  const invited = data?.filter(({ invitationId }) => invitationId !== null) ?? [];
  const invite = (
    <button type="button" className="button primary" onClick={() => setInviting(true)}>
      {access.team.invite}
    </button>
  );
  return (
    <PageFrame title={shell.pages.team} intro={access.team.intro} actions={isOwner && invite}>
      {error && <Problem error={error} onRetry={refresh} />}
      {!data && !error && <Waiting />}
      {data && (
        <ul className="lines" aria-label={shell.pages.team}>
          {members.map((member) => (
            <MemberLine key={member.operatorId} member={member} onChange={refresh} />
          ))}
        </ul>
      )}
      {isOwner && members.length === 1 && invited.length === 0 && <p className="hint">{access.team.alone}</p>}
      {invited.length > 0 && (
        <section className="team-invited" aria-labelledby="invited-title">
          <h2 id="invited-title">{access.team.invited}</h2>
          <ul className="lines">
            {invited.map((member) => (
              <InvitedLine key={member.invitationId} member={member} onChange={refresh} />
            ))}
          </ul>
        </section>
      )}
      {inviting && <InviteDialog onInvited={refresh} onClose={() => setInviting(false)} />}
    </PageFrame>
  );
}
