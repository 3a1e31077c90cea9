import type { access as english } from "../en/console-access.ts";

/** Spanish texts of signing in, the account, the team and the audit log. */
export const access: typeof english = {
  signIn: "Iniciar sesión",
  signingIn: "Iniciando sesión…",
  email: "Correo electrónico",
  password: "Contraseña",
  noAccount:
    "¿Aún no tienes cuenta? Quien administra tu empresa puede invitarte. ¿Olvidaste la contraseña? Pídele una nueva invitación.",
  ended: {
    title: "Inicia sesión de nuevo",
    advice: "Tu sesión terminó. La página queda como está; no se pierde nada de lo que escribiste.",
  },
  invitation: { title: "Invitación" },
  errors: {},
};
