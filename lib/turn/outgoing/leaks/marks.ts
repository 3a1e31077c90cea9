import { MARK_KINDS } from "../../../language/marks.ts";
import { codeStretches, isWithin } from "../../../whatsapp/format/code.ts";
import type { Passage } from "./passage.ts";

/** Kinds of one word are words of the language too: they are marks alone or before a colon. */
const kinds = [...MARK_KINDS].toSorted((one, other) => other.length - one.length);
const alone = kinds.filter(
  (kind) => !kind.includes(" ") && !["reaction", "template", "forwarded"].includes(kind),
);
const open = kinds.filter((kind) => !alone.includes(kind));

/** A mark of ours, also in the square brackets of an imitation, and not the words of a Markdown link. */
const MARK = new RegExp(
  `[[【]\\s?(?:(?:${open.join("|")})(?![a-z\\u00C0-\\u024F])|(?:${alone.join("|")})\\s?(?=[:\\]】]))(?:[^[\\]【】\\n]|\\[[^[\\]\\n]{0,200}\\]){0,1500}(?:[\\]】](?::(?=\\s))?|$)(?!\\([^\\s()]{1,300}\\))|【[^【】\\n]{0,40}†[^【】\\n]{0,80}】`,
  "gi",
);

/** Marks as models translate them, or with the brackets that a customer's imitations get. */
const LIKE =
  /[[【]\s?(?:(?:nota de voz|mensaje de voz|mensagem de voz|nota de áudio|en respuesta a|em resposta a|respondiendo a|respondendo a|reply(?:ing)? to|nombre del perfil|nome do perfil)(?![a-z\u00C0-\u024F])[^[\]【】\n]{0,500}|(?:imagen|imagem|documento|ubicación|localização|botones|botões|reenviado|encaminhad[ao]|adhesivo|figurinha)(?::[^[\]【】\n]{0,500})?)[\]】](?!\([^\s()]{1,300}\))/gi;
const ROUND = new RegExp(
  `^\\s*\\((?:${open.filter((kind) => kind.includes(" ")).join("|")})(?![a-z\\u00C0-\\u024F])[^()\\n]{0,500}\\)`,
  "i",
);

/** Our own marks, repeated by the model as if they were words. */
export function marksIn(text: string): Passage[] {
  const round = ROUND.exec(text);
  const found = [MARK, LIKE].flatMap((pattern) => [...text.matchAll(pattern)]);
  const code = found.length > 0 ? codeStretches(text) : [];
  return [...(round ? [round] : []), ...found]
    .map(({ 0: { length }, index }): Passage => ({ start: index, end: index + length, kind: "mark" }))
    .filter(({ start }) => !isWithin(start, code))
    .sort((one, other) => one.start - other.start);
}
