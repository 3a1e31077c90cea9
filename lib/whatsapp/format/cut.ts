import type { Span } from "./spans.ts";

/** End of a part, with the marks that close the formatting there and reopen it in the next part. */
export interface Cut {
  at: number;
  close: string;
  open: string;
}

/** Places between words, best first: before an empty line, before a line break, after a sentence, before a space. */
const SPACED: readonly RegExp[] = [
  /(?=\n[^\S\n]*\n)/g,
  /(?=\n)/g,
  /(?<=[.!?…]["'”’»)\]]{0,4})(?=\s)|(?<=[。！？]["'”’」』）]{0,4})/g,
  /(?=\s)/g,
];

const words = new Intl.Segmenter(undefined, { granularity: "word" });
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A part to be cut off `text`: from `start`, at most `room` UTF-16 units long, closing marks included. */
interface Part {
  text: string;
  start: number;
  room: number;
  /** Longest part possible, without marks to reopen. */
  limit: number;
  /** Spans that touch the part. */
  near: readonly Span[];
}

/** Best place to end a part. Fuller parts are better: a good place in the second half beats a better one in the first. */
export function chooseCut({ text, start, room, limit, near }: Part): Cut {
  const around = spansAround(near, start, room);
  const window = text.slice(start, start + room + 2);
  const spaced = SPACED.map((pattern) => [...window.matchAll(pattern)].map(({ index }) => index).reverse());
  const cutAfter = (place: number, whole: boolean): Cut | null => {
    const cut = cutAt(start + place, around[place] ?? []);
    return cut && place + cut.close.length <= room && (cut.close === "" || !whole) ? cut : null;
  };
  const search = (places: readonly number[], from: number, whole: boolean): Cut | null => {
    const good = places.filter((place) => place > 0 && place <= room && place >= room * from);
    return first(good, (place) => cutAfter(place, whole));
  };
  const among = (from: number, whole: boolean) => first(spaced, (places) => search(places, from, whole));
  const between = (segmenter: Intl.Segmenter, whole: boolean) =>
    betweenSegments(segmenter.segment(window), room, (place) => cutAfter(place, whole));
  // Formatting longer than any part is cut where that fills this part, instead of moving to the next one first.
  const tooLong = near.some((span) => span.end > start + room && span.end - span.start > limit);
  return (
    among(0.5, true) ??
    (tooLong ? among(0.5, false) : null) ??
    among(0.25, true) ??
    among(0, true) ??
    between(words, true) ??
    among(0.5, false) ??
    among(0, false) ??
    between(graphemes, true) ??
    between(graphemes, false) ??
    anywhere(text, start + room)
  );
}

function first<T>(lists: readonly T[], find: (list: T) => Cut | null): Cut | null {
  for (const list of lists) {
    const found = find(list);
    if (found) return found;
  }
  return null;
}

/** Last possible cut up to `room` at the start of a segment. Asks for few segments, because each holds a copy of the text. */
function betweenSegments(
  segments: Intl.Segments,
  room: number,
  cutAfter: (place: number) => Cut | null,
): Cut | null {
  for (let place = room; place > 0; place--) {
    const cut = cutAfter(place);
    if (!cut) continue;
    const start = segments.containing(place)?.index ?? 0;
    if (start === place) return cut;
    place = start + 1;
  }
  return null;
}

/** Spans that a cut at each place from `start` on would split; few, because a place lies in at most one span of each kind. */
function spansAround(spans: readonly Span[], start: number, room: number): Span[][] {
  const around: Span[][] = Array.from({ length: room + 1 }, () => []);
  for (const span of spans) {
    const last = Math.min(span.end - 1 - start, room);
    for (let place = Math.max(0, span.start + 1 - start); place <= last; place++) around[place]?.push(span);
  }
  return around;
}

/** Cut at `at` through these spans; null where it would split their marks. */
function cutAt(at: number, cut: readonly Span[]): Cut | null {
  if (cut.some((span) => at < span.start + span.open.length || at >= span.end - span.close.length))
    return null;
  const close = cut.toReversed().map((span) => span.close);
  return { at, close: close.join(""), open: cut.map((span) => span.open).join("") };
}

/** Cut inside an overlong grapheme, between two code points. */
function anywhere(text: string, at: number): Cut {
  const halves = /[\uD800-\uDBFF]/.test(text[at - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[at] ?? "");
  return { at: halves ? at - 1 : at, close: "", open: "" };
}
