/** A text as a reader sees it. */
export interface Seen {
  text: string;
  /** The position in the source of a UTF-16 unit of `text`. */
  at(unit: number): number;
}

/** Letters that look like Latin ones, and the Chinese and Japanese full stop. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  pairs(
    "аеорсхуіјѕԁһкмтвнпԛԝοαεικνρτυχАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ。",
    "aeopcxyijsdhkmtbhnqwoaeikvptuxABEKMHOPCTXIJSABEZHIKMNOPTYX.",
  ),
);

/** Marks of Markdown and WhatsApp, which are not shown, and the marks that turn a digit into a keycap. */
const UNSEEN = /[*_~`\\]|\uFE0F|\u20E3/;
const CHANGED = /[*_~`\\]|[^\0-\x7F]/gu;

/** The text with plain letters, digits and signs for lookalikes of any script or width, without formatting marks. */
export function see(source: string): Seen {
  // Starts of stretches of equal length: a unit of the text and, at the same index, one of the source.
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

/** Found by the last stretch that starts at the unit or before it. */
function placeOf(unit: number, units: readonly number[], places: readonly number[]): number {
  let [low, high] = [0, units.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((units[middle] ?? 0) <= unit) low = middle;
    else high = middle - 1;
  }
  return (places[low] ?? 0) + unit - (units[low] ?? 0);
}

/** The text without formatting marks; letters are unchanged. */
export const withoutMarks = (text: string): string => text.replace(new RegExp(UNSEEN, "g"), "");

function plainOf(character: string): string {
  if (character === "º" || character === "ª") return character;
  return LOOKALIKES.get(character) ?? digitOf(character) ?? character.normalize("NFKC");
}

/** Unicode has decimal digits ten in a row, from a code that ends in 0 or 6. */
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
