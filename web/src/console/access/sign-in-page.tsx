import { useState } from "react";
import { useTexts } from "../shell/texts.ts";
import { Entry } from "./entry.tsx";
import { takeFragment } from "./fragment.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { SignInLink } from "./sign-in-link.tsx";
import { useEnter } from "./use-enter.ts";

/** Sign-in page; a link that signs in by itself has its token in the fragment. */
export default function SignInPage() {
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
