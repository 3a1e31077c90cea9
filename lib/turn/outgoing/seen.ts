/** A text as a reader takes it. */
export interface Seen {
  text: string;
  /** Where a unit of it stands in the source. */
  at(unit: number): number;
}

/** Letters that look like Latin ones, and the full stop of Chinese and Japanese. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  pairs(
    "аеорсхуіјѕԁһкмтвнпԛԝοαεικνρτυχАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ。",
    "aeopcxyijsdhkmtbhnqwoaeikvptuxABEKMHOPCTXIJSABEZHIKMNOPTYX.",
  ),
);

/** Marks of Markdown and WhatsApp, which nobody sees, and what makes a keycap of a digit. */
const UNSEEN = /[*_~`\\]|\uFE0F|\u20E3/;
const CHANGED = /[*_~`\\]|[^\0-\x7F]/gu;

/** Lookalike letters, digits and signs of any script or width as the plain ones, without marks of formatting. */
export function see(source: string): Seen {
  // Where stretches begin that are as long in the source: a unit of the text, and at the same index one of the source.
  const units = [0];
  const places = [0];
  let text = "";
  let from = 0;
  for (const { 0: character, index } of source.matchAll(CHANGED)) {
    const plain = UNSEEN.test(character) ? "" : plainOf(character);
    if (plain === character) continue;
    text += source.slice(from, index);
    for (const unit of plain) {
      units.push(text.length);
      places.push(index);
      text += unit;
    }
    from = index + character.length;
    units.push(text.length);
    places.push(from);
  }
  return { text: text + source.slice(from), at: (unit) => placeOf(unit, units, places) };
}

/** By the last stretch that begins at the unit or before. */
function placeOf(unit: number, units: readonly number[], places: readonly number[]): number {
  let [low, high] = [0, units.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((units[middle] ?? 0) <= unit) low = middle;
    else high = middle - 1;
  }
  return (places[low] ?? 0) + unit - (units[low] ?? 0);
}

/** Without marks of formatting; letters stay as they are. */
export const withoutMarks = (text: string): string => text.replace(new RegExp(UNSEEN, "g"), "");

function plainOf(character: string): string {
  if (character === "º" || character === "ª") return character;
  return LOOKALIKES.get(character) ?? digitOf(character) ?? character.normalize("NFKC");
}

/** Decimal digits stand in Unicode ten in a row, from a code that ends in 0 or 6. */
function digitOf(character: string): string | null {
  if (!/\p{Nd}/u.test(character)) return null;
  const wide = character.normalize("NFKC");
  if (wide < "\x80") return wide;
  const code = character.codePointAt(0) ?? 0;
  const first = /\p{Nd}/u.test(String.fromCodePoint(code & ~0xf)) ? 0 : 6;
  return String((code & 0xf) - first);
}

function pairs(from: string, to: string): [string, string][] {
  const plain = [...to];
  return [...from].map((character, index) => [character, plain[index] ?? character]);
}
