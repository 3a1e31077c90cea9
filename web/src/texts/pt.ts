import { chat } from "./pt/chat.ts";
import { home } from "./pt/home.ts";
import { simulator } from "./pt/simulator.ts";
import { turn } from "./pt/turn.ts";
import type { Texts } from "./texts.ts";

/** Portuguese texts. */
export const pt: Texts = {
  language: "Idioma",
  theme: { label: "Cores", auto: "Automático", light: "Claro", dark: "Escuro" },
  copy: "Copiar",
  copied: "Copiado",
  languages: { es: "espanhol", en: "inglês", pt: "português" },
  home,
  chat,
  turn,
  simulator,
};
