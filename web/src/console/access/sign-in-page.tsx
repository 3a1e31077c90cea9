import { useState } from "react";
import { useSWRConfig } from "swr";
import { useLocation } from "wouter";
import type { Me } from "../../../../contracts/console/access.ts";
import { useTexts } from "../shell/texts.ts";
import { Entry } from "./entry.tsx";
import { takeFragment } from "./fragment.ts";
import { takePlace } from "./place.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { SignInLink } from "./sign-in-link.tsx";

/** Sign-in page; a link that signs in by itself has its token in the fragment. */
export function SignInPage() {
  const { access } = useTexts();
  const [token] = useState(takeFragment);
  const enter = useEnter();
  return (
    <Entry title={access.signIn}>
      {token && <SignInLink token={token} onSignedIn={enter} />}
      <SignInForm onSignedIn={enter} />
      <p className="entry-hint">{access.noAccount}</p>
    </Entry>
  );
}

/** Goes to the page that was asked for, as somebody signed in. */
export function useEnter(): (me: Me) => void {
  const { mutate } = useSWRConfig();
  const [, go] = useLocation();
  return (me) => {
    void mutate("/session", me, { revalidate: false });
    go(takePlace(), { replace: true });
  };
}
