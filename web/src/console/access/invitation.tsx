import { type FormEvent, useState } from "react";
import useSWRImmutable from "swr/immutable";
import type {
  AcceptInvitation,
  InvitationToken,
  Me,
  Invitation as View,
} from "../../../../contracts/console/access.ts";
import { ApiError, api } from "../client/api.ts";
import { useDates } from "../shell/dates.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useAct } from "../shell/use-act.ts";
import { Waiting } from "../shell/waiting.tsx";
import { Entry } from "./entry.tsx";
import { takeFragment } from "./fragment.ts";
import { InvitationFields } from "./invitation-fields.tsx";
import { SignInLink } from "./sign-in-link.tsx";
import { useEnter } from "./use-enter.ts";

const look = ([, token]: [string, string]): Promise<View> => {
  const body: InvitationToken = { token };
  return api<View>("/invitations/look", { body });
};

/** Page of an invitation's link, which has its token in the fragment. */
export default function Invitation() {
  const { access } = useTexts();
  const [token] = useState(takeFragment);
  const { data, error, mutate } = useSWRImmutable<View, ApiError>(token && ["invitation", token], look);
  if (token === null) return <NoInvitation words={access.invitation.incomplete} />;
  // A token of the wrong form is an incomplete link too.
  if (error?.code === "invalid") return <NoInvitation words={access.invitation.incomplete} />;
  if (error?.code === "invitation_gone") return <NoInvitation words={access.errors.invitation_gone} />;
  return (
    <Entry title={data ? access.invitation.to(data.company) : access.invitation.title}>
      {error && <Problem error={error} words={access.errors} onRetry={() => mutate()} />}
      {!data && !error && <Waiting />}
      {data && <Accept token={token} invitation={data} />}
    </Entry>
  );
}

function NoInvitation({ words }: { words: string }) {
  const { access } = useTexts();
  return (
    <Entry title={access.invitation.title}>
      <p role="alert">{words}</p>
      <a className="button" href="/console/sign-in">
        {access.invitation.haveAccount}
      </a>
    </Entry>
  );
}

function Accept({ token, invitation }: { token: string; invitation: View }) {
  const { access } = useTexts();
  const dates = useDates();
  const enter = useEnter();
  const accepting = useAct(async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const body: AcceptInvitation = { token, password: String(data.get("password")) };
    if (!invitation.known) body.name = String(data.get("name"));
    enter(await api<Me>("/invitations/accept", { body }));
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void accepting.run(event.currentTarget);
  };
  const { email, role, known, expiresAt, signsIn } = invitation;
  if (signsIn) return <SignInLink token={token} onSignedIn={enter} />;
  const isInvalid = accepting.error instanceof ApiError && accepting.error.code === "invalid";
  return (
    <form className="form" onSubmit={submit}>
      <p>{access.invitation.asRole(access.roles[role].name)}</p>
      <InvitationFields email={email} known={known} refused={isInvalid} />
      {accepting.error !== null && !isInvalid && <Problem error={accepting.error} words={access.errors} />}
      <button type="submit" className="button primary" disabled={accepting.busy}>
        {accepting.busy ? access.signingIn : access.invitation.accept}
      </button>
      <p className="entry-hint">{access.invitation.until(dates.moment(expiresAt))}</p>
    </form>
  );
}
