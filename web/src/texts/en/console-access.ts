/** English texts of signing in, the account, the team and the audit log. */
export const access = {
  signIn: "Sign in",
  signingIn: "Signing in…",
  email: "E-mail",
  password: "Password",
  noAccount:
    "No account yet? An owner of your company can invite you. Forgot your password? Ask them for a new invitation.",
  ended: {
    title: "Sign in again",
    advice: "Your session has ended. The page stays as it is; nothing you typed is lost.",
  },
  invitation: { title: "Invitation" },
  errors: {} as Record<string, string>,
};
