import { useEffect, useRef, useState } from "react";
import type { AcceptInvitation, Me } from "../../../../contracts/console/access.ts";
import { api } from "../client/api.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";

interface Props {
  token: string;
  onSignedIn(me: Me): void;
}

/** Signs in with a link that needs no password (`npm run dev`). */
export function SignInLink({ token, onSignedIn }: Props) {
  const { access } = useTexts();
  const [error, setError] = useState<unknown>(null);
  const used = useRef(false);
  useEffect(() => {
    // Once: the token can be used a single time, and an effect may run twice.
    if (used.current) return;
    used.current = true;
    const body: AcceptInvitation = { token };
    api<Me>("/invitations/accept", { body }).then(onSignedIn, setError);
  }, [token, onSignedIn]);
  return error === null ? <Waiting /> : <Problem error={error} words={access.errors} />;
}
