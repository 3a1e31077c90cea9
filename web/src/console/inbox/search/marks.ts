/** A piece of a text; `found` pieces are what was searched for. */
export interface Piece {
  text: string;
  found: boolean;
}

/** Lower case without accents, one character for each of the text, so that places stay the same. */
function folded(text: string): string {
  return [...text]
    .map((letter) => {
      const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
      return plain.length === letter.length ? plain : letter;
    })
    .join("");
}

const isWord = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Text in pieces, with the searched words marked where a word begins with them. */
export function markWords(text: string, words: string): Piece[] {
  const haystack = folded(text);
  const wanted = folded(words)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0)
    .sort((a, b) => b.length - a.length);
  const pieces: Piece[] = [];
  let plainFrom = 0;
  for (let at = 0; at < haystack.length; at += 1) {
    if (isWord(haystack[at - 1])) continue;
    const word = wanted.find((one) => haystack.startsWith(one, at));
    if (word === undefined) continue;
    if (at > plainFrom) pieces.push({ text: text.slice(plainFrom, at), found: false });
    plainFrom = at + word.length;
    pieces.push({ text: text.slice(at, plainFrom), found: true });
    at = plainFrom - 1;
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom), found: false });
  return pieces;
}

/** A text around its first marked word, short enough for a row. */
export function excerpt(text: string, words: string, length = 120): string {
  const first = markWords(text, words).find(({ found }) => found);
  const at = first ? text.indexOf(first.text) : 0;
  if (at <= length / 2) return text.slice(0, length);
  const from = text.lastIndexOf(" ", at - length / 3) + 1;
  return `…${text.slice(from, from + length)}`;
}
