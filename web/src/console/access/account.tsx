import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";
import { PasswordForm } from "./password-form.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { Sessions } from "./sessions.tsx";

/** Own account: name, language, password, sessions. */
export default function Account() {
  const { shell, access } = useTexts();
  return (
    <PageFrame title={shell.pages.account} intro={access.accountIntro}>
      <ProfileForm />
      <PasswordForm />
      <Sessions />
    </PageFrame>
  );
}
