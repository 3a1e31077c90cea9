import { chat } from "./en/chat.ts";
import { home } from "./en/home.ts";
import { simulator } from "./en/simulator.ts";
import { turn } from "./en/turn.ts";

/** English texts; their shape is the one of all languages. */
export const en = {
  language: "Language",
  theme: { label: "Colours", auto: "Automatic", light: "Light", dark: "Dark" },
  copy: "Copy",
  copied: "Copied",
  languages: { es: "Spanish", en: "English", pt: "Portuguese" },
  home,
  chat,
  turn,
  simulator,
};
