const WORDS =
  "etiquetas?|tags?|marcas?|marcadores|marcador|elementos?|elements?|tokens?|signos?|s[ií]mbolos?|sinais|sinal|c[oó]digos?|codes?|llamad[ao]s?|chamad[ao]s?|called";
const BEFORE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${WORDS})[\\s:]{0,2}["'“‘«(]?$`, "iu");
const AFTER = /^["'”’»)]?\s?(?:tags?|elements?|tokens?|signs?)(?![\p{L}\p{N}])/iu;
const QUOTES = /^(?:""|''|“”|‘’|«»)$/;

/** True when a text talks about the sign at this place (`the <b> tag`, `la etiqueta <p>`, `"<br>"`) and does not use it. */
export function isNamed(text: string, start: number, end: number): boolean {
  const around = (text[start - 1] ?? "") + (text[end] ?? "");
  return (
    QUOTES.test(around) ||
    BEFORE.test(text.slice(Math.max(0, start - 24), start)) ||
    AFTER.test(text.slice(end, end + 12))
  );
}
