/** Fewer letters and digits are no answer, and neither is less than this share of what was written. */
const FEWEST = 12;
const SHARE = 0.25;

/** Ends of sentences, before a space or at the end of the text. */
const END = /(?<![.!?…])[.!?…。！？]+["'”’»)\]*_~`]*(?=\s|$)|[。！？]/gu;
/** Abbreviations in the three languages, before a name. */
const BEFORE_NAME =
  /(?:^|[\s(¡¿"«*_])(?:s\/|av|avda|sr|sra|srta|sres|dr|dra|drs|ing|lic|jr|ca|urb|ee|uu|mr|mrs|ms|st|prof|profa|cía|cia|p|ej)$/iu;
const INITIAL = /(?:^|[\s(])\p{Lu}$/u;
/** Those before a number, with which a text may end only by accident. */
const BEFORE_NUMBER =
  /(?:^|[\s(¡¿"«*_])(?:no|nro|n[uú]m|n|nº|art|of|mz|lt|dpto|depto|inc|approx|aprox|vs|tel|telf|cel|ext|pág|pag|fig|min|max|mín|máx|r|us|a|etc)$/iu;
/** The last word, if it may be a link, an address or a number that goes on. */
const OPEN_WORD = /(?:[/@\d]|www|https?:)[^\s]*$|\d$/iu;
const OPEN_LINK = /(?:[/@]|www|https?:)[^\s]*$/iu;
const ITEM = /^[^\S\n]*(?:[-*+•–]|\d{1,3}[.)]|>|\|)[^\S\n]*\S/u;

/**
 * The beginning of an answer that its limit cut, up to its last whole sentence or line of a list; null when too little is
 * left. Never ends within a sentence, a number, a word, a link or code. Linear.
 */
export function wholePart(text: string): string | null {
  const source = text.trimEnd();
  const fences = [...source.matchAll(/^[ \t]*```/gm)];
  const open = fences.length % 2 === 1 ? fences.at(-1)?.index : undefined;
  const prose = source.slice(0, open).trimEnd();
  const end = Math.max(
    lastSentence(prose),
    lastLine(source, prose),
    lastFence(prose, fences.at(-1)?.index, open),
  );
  const kept = paired(withoutIntroduction(prose.slice(0, end).trimEnd()));
  const letters = (words: string) => words.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters(kept) >= Math.max(FEWEST, letters(source) * SHARE) ? kept : null;
}

function lastSentence(text: string): number {
  let last = 0;
  for (const { 0: signs, index } of text.matchAll(END)) {
    const end = index + signs.length;
    if (isEnd(text, signs, index, end)) last = end;
  }
  return last;
}

function isEnd(text: string, signs: string, index: number, end: number): boolean {
  const before = text.slice(Math.max(0, index - 60), index);
  const after = text.slice(end, end + 8);
  // A query begins with the sign of a question.
  if (end === text.length && OPEN_LINK.test(before)) return false;
  if (!signs.startsWith(".") || signs.startsWith("...")) return true;
  // "1. Poncho", "S/. 24", "p. ej."
  if (/(?:^|\n)[^\S\n]*\d{1,3}$/.test(before) || BEFORE_NAME.test(before) || INITIAL.test(before))
    return false;
  if (end === text.length) return !OPEN_WORD.test(before) && !BEFORE_NUMBER.test(before);
  return !/^\s+[\p{Ll}\d]/u.test(after);
}

/** The end of the last line that is complete and an item of a list, or a paragraph. */
function lastLine(source: string, text: string): number {
  let last = 0;
  let from = 0;
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    const end = from + line.length;
    const isComplete = at < lines.length - 1 || (end < source.length && source[end] === "\n");
    const closesParagraph = (lines[at + 1] ?? "").trim() === "" || ITEM.test(lines[at + 1] ?? "");
    if (isComplete && line.trim() !== "" && (ITEM.test(line) || closesParagraph)) last = end;
    from = end + 1;
  }
  return last;
}

/** The end of the last closed fence. */
function lastFence(text: string, at: number | undefined, open: number | undefined): number {
  if (at === undefined || open !== undefined) return 0;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Without a last line that only leads up to what was cut. */
function withoutIntroduction(text: string): string {
  const lines = text.split("\n");
  while (lines.length > 0 && /(?::[*_]*|^)\s*$/.test(lines.at(-1) ?? "")) lines.pop();
  return lines.join("\n").trimEnd();
}

/** Without a mark of bold or code that the cut left open. */
function paired(text: string): string {
  let kept = text;
  for (const mark of ["**", "__", "~~"]) {
    if (kept.split(mark).length % 2 === 1) continue;
    const at = kept.lastIndexOf(mark);
    kept = kept.slice(0, at) + kept.slice(at + mark.length);
  }
  return kept;
}
