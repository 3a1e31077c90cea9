/** Texts that make careless patterns slow, by what they repeat. */
const PIECES: readonly string[] = [
  // Space of every kind
  ..." |\n|\t|\r\n|\r|\r\n | \n|\n\n|\u00a0|\u2028|\u3000|\f".split("|"),
  // Marks of Markdown and of WhatsApp, alone and in pairs
  ..."*|**|***|_|__|~|~~|`|``|```|#|>|> |>\n|- |- a\n|+ |1. |1. a\n|[|]|[]|[a|[a](|![|!|(|)|()|<|<a|<br>|<br >|\\|&|&#|===\n|---\n".split(
    "|",
  ),
  "|",
  "|-",
  "a|b\n-|-\n",
  "| a ",
  "| a |\n",
  "*a",
  "a*",
  "*a*",
  "*a _b ",
  "_a_ ",
  "**a*",
  "*a **b ",
  "`\n",
  "` ",
  "```\n",
  "> a\n```\n",
  "> a\n",
  "> > ",
  "  - a\n",
  "[a](b)",
  "[a]: b\n",
  "[[a](",
  "[a[b]",
  "[[]",
  "[] (",
  // Words, numbers, signs
  ..."a|A|a |ab|0|7 |1-|1.|1,|.|..|...|. |!|?|…|)|.)|.\"|\"|'|'a|-|--|,|;|:|::|/|//|@|+|+1 |=|?=|%|$|^|{|}|{}|\\n".split(
    "|",
  ),
  "a@a.",
  "a@",
  "http://",
  "https://a ",
  "www.a.",
  "//a@",
  "a.b",
  "?a=",
  "wamid.",
  "bearer ",
  "hablar ",
  "hola ",
  "para una ",
  " changed from ",
  "    at a (b:1:1)\n",
  "   at ",
  // Characters that are more than one unit, or none
  "\u0000",
  "\u0007",
  "\u200b",
  "\u200d",
  "\u202e",
  "\ufeff",
  "\u0301",
  "\u0301\u0323",
  "e\u0301",
  "\ud800",
  "\udc00",
  "\udc00\ud800",
  "😀",
  "👩‍👩‍👧",
  "🇵🇪",
  "ñ",
  "ﷺ",
  "ا",
  "你",
  "。",
  "。」",
  "각",
  "\u1100",
  "İ",
];

/** A way to fill a text of any length. */
export interface Filler {
  name: string;
  fill(length: number): string;
}

/** Repetitions of each piece, begun and ended by something else, at which a pattern that has come so far fails. */
export const ALL_FILLERS: readonly Filler[] = PIECES.map((piece) => ({
  name: JSON.stringify(piece),
  fill: (length) => `a ${piece.repeat(Math.ceil(length / piece.length)).slice(0, length - 5)} x!`,
}));
