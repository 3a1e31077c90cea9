import { chat } from "./es/chat.ts";
import { home } from "./es/home.ts";
import { simulator } from "./es/simulator.ts";
import { turn } from "./es/turn.ts";
import type { Texts } from "./texts.ts";

/** Spanish texts. */
export const es: Texts = {
  language: "Idioma",
  theme: { label: "Colores", auto: "Automático", light: "Claro", dark: "Oscuro" },
  copy: "Copiar",
  copied: "Copiado",
  languages: { es: "español", en: "inglés", pt: "portugués" },
  home,
  chat,
  turn,
  simulator,
};
