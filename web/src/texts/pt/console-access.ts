import type { access as english } from "../en/console-access.ts";

/** Portuguese texts of signing in, the account, the team and the audit log. */
export const access: typeof english = {
  signIn: "Entrar",
  signingIn: "Entrando…",
  email: "E-mail",
  password: "Senha",
  noAccount:
    "Ainda não tem conta? Quem administra sua empresa pode convidar você. Esqueceu a senha? Peça um novo convite.",
  ended: {
    title: "Entre de novo",
    advice: "Sua sessão terminou. A página fica como está; nada do que você digitou se perde.",
  },
  invitation: { title: "Convite" },
  errors: {},
};
