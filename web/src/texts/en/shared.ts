import { chat } from "./chat.ts";
import { turn } from "./turn.ts";

/** English texts of the parts that pages share. */
export const shared = {
  language: "Language",
  theme: { label: "Colours", auto: "Automatic", light: "Light", dark: "Dark" },
  copy: "Copy",
  copied: "Copied",
  languages: { es: "Spanish", en: "English", pt: "Portuguese" },
  chat,
  turn,
};
