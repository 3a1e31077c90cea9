import type { shared as english } from "../en/shared.ts";
import { chat } from "./chat.ts";
import { turn } from "./turn.ts";

/** Portuguese texts of the parts that pages share. */
export const shared: typeof english = {
  language: "Idioma",
  theme: { label: "Cores", auto: "Automático", light: "Claro", dark: "Escuro" },
  copy: "Copiar",
  copied: "Copiado",
  languages: { es: "espanhol", en: "inglês", pt: "português" },
  chat,
  turn,
};
