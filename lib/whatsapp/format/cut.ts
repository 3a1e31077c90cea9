import type { Span } from "./spans.ts";

/** Where a part ends, and what ends and takes up again the formatting it was cut in. */
export interface Cut {
  at: number;
  close: string;
  open: string;
}

/** Places between words, best first: before an empty line, a line break, after a sentence, before any space. */
const SPACED: readonly RegExp[] = [
  /(?=\n[^\S\n]*\n)/g,
  /(?=\n)/g,
  /(?<=[.!?…]["'”’»)\]]{0,4})(?=\s)|(?<=[。！？]["'”’」』）]{0,4})/g,
  /(?=\s)/g,
];

const words = new Intl.Segmenter(undefined, { granularity: "word" });
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * The best place to cut `text` so that a part from `start` has at most `room` UTF-16 units, closing marks included.
 * `near`: the spans that touch that part. A part is worth filling, so a good place in its second half beats a better one before.
 */
export function chooseCut(
  text: string,
  start: number,
  room: number,
  limit: number,
  near: readonly Span[],
): Cut {
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
  // Formatting that no part can hold is cut where that leaves a full part, not pushed to the next one first.
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

/** The last place up to `room` where a segment begins and a cut can be. Few segments are asked for: each holds a copy of the whole text. */
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

/** For each place from `start` on, the spans that a cut there would go through: few, since each kind stands but once around a place. */
function spansAround(spans: readonly Span[], start: number, room: number): Span[][] {
  const around: Span[][] = Array.from({ length: room + 1 }, () => []);
  for (const span of spans) {
    const last = Math.min(span.end - 1 - start, room);
    for (let place = Math.max(0, span.start + 1 - start); place <= last; place++) around[place]?.push(span);
  }
  return around;
}

/** A cut through `cut`; null where it would go through the marks themselves. */
function cutAt(at: number, cut: readonly Span[]): Cut | null {
  if (cut.some((span) => at < span.start + span.open.length || at >= span.end - span.close.length))
    return null;
  const close = cut.toReversed().map((span) => span.close);
  return { at, close: close.join(""), open: cut.map((span) => span.open).join("") };
}

/** Within one endless character: between two of its code points. */
function anywhere(text: string, at: number): Cut {
  const halves = /[\uD800-\uDBFF]/.test(text[at - 1] ?? "") && /[\uDC00-\uDFFF]/.test(text[at] ?? "");
  return { at: halves ? at - 1 : at, close: "", open: "" };
}
