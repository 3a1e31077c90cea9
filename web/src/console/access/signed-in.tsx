import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useSWRConfig } from "swr";
import { Redirect, useLocation } from "wouter";
import { usePage } from "../../shared/page.tsx";
import { onSignedOut } from "../client/api.ts";
import { SessionContext } from "../client/session.tsx";
import { Dialog } from "../shell/dialog.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";
import { rememberPlace } from "./place.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { useMe } from "./use-me.ts";

/** Shows pages to whoever is signed in. Without a session it leads to the sign-in page; when one ends it asks for the password over the page, so that nothing typed is lost. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { data: me, error, mutate } = useMe();
  const [path] = useLocation();
  const session = useMemo(() => (me ? { me, refresh: () => mutate() } : null), [me, mutate]);
  useOwnLanguage(me?.language ?? null);
  if (session) {
    return (
      <SessionContext value={session}>
        {children}
        <Ended email={session.me.email} />
      </SessionContext>
    );
  }
  if (error?.code === "signed_out") {
    rememberPlace(path);
    return <Redirect to="/sign-in" replace />;
  }
  if (error) return <Problem error={error} onRetry={() => mutate()} />;
  return <Waiting />;
}

/** The operator's own language replaces the browser's. */
function useOwnLanguage(language: "es" | "en" | "pt" | null): void {
  const { setLanguage } = usePage();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the operator's language is known or changes.
  useEffect(() => {
    if (language) setLanguage(language);
  }, [language]);
}

function Ended({ email }: { email: string }) {
  const { access } = useTexts();
  const { mutate } = useSWRConfig();
  const [ended, setEnded] = useState(false);
  useEffect(() => onSignedOut(() => setEnded(true)), []);
  if (!ended) return null;
  return (
    <Dialog title={access.ended.title} onClose={() => setEnded(false)} insistent>
      <p>{access.ended.advice}</p>
      <SignInForm
        email={email}
        onSignedIn={() => {
          setEnded(false);
          void mutate(() => true);
        }}
      />
    </Dialog>
  );
}
