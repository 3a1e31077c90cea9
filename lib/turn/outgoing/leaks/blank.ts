/** Words that a program or a model writes for nothing. */
const NOTHING = new Set(
  `null undefined none nil nan n/a void empty blank no_reply noreply no_response no_answer no_content no_output
  (null) n/a. [done] heartbeat_ok [object_object] [no_response] [no_reply] [no_answer] [no_content] <no_response> <no_reply> [empty] [blank] [silence] (empty) (blank) (vacío) (vazio) (no_response) (sin_respuesta) (sem_resposta)
  (silence) (silencio) (silêncio) <empty> <blank> <none> <null>`.split(/\s+/),
);

/** Code of a language, without code. */
const EMPTY_FENCE = /(`{3,9}|~{3,9})[\w-]{0,30}[^\S\n]{0,9}\n\s{0,20}\1/g;
const SAID_TO_BE_EMPTY =
  /^[[(<](?:silent|empty|blank|no|no_hay|não_há|without|sin|sem|vac[ií]o|respuesta_vac[ií]a|resposta_vazia)(?:_(?:response|reply|answer|output|content|text|message|respuesta|contenido|mensaje|texto|resposta|conteúdo|mensagem))?\/?[\])>]$/i;

/** True when a text shows nothing, or only a word for nothing. Of words that also answer a question (`None.`) only the bare one. */
export function isBlank(text: string): boolean {
  const words = text
    .replace(/[\u2500-\u25FF]/g, "")
    .replace(EMPTY_FENCE, "")
    .trim();
  if (!/[\p{L}\p{N}\p{So}\p{Extended_Pictographic}]/u.test(words)) return true;
  if (words.length > 60) return false;
  const bare = words.replace(/^[\s`*_~]+|[\s`*_~]+$/g, "").replace(/\s+/g, "_");
  const unquoted = bare.replace(/^["'“«]+(?=.)|(?<=.)["'”»]+$/g, "");
  if (/^(?:\\[nrt]|\d{1,3}[.)]|(?:null|undefined|nan|nil)[\W_]*)+$/i.test(bare)) return true;
  if (/^\W?no_(?:response|reply|answer)_?(?:is_)?(?:needed|required|necessary)?\W?$/i.test(bare)) return true;
  if (SAID_TO_BE_EMPTY.test(bare)) return true;
  return [bare, unquoted].some((word) => NOTHING.has(word.toLowerCase()));
}
