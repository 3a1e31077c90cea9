import type { shared as english } from "../en/shared.ts";
import { chat } from "./chat.ts";
import { turn } from "./turn.ts";

/** Spanish texts of the parts that pages share. */
export const shared: typeof english = {
  language: "Idioma",
  theme: { label: "Colores", auto: "Automático", light: "Claro", dark: "Oscuro" },
  copy: "Copiar",
  copied: "Copiado",
  languages: { es: "español", en: "inglés", pt: "portugués" },
  chat,
  turn,
};
