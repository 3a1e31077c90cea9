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
  /(?<=[.!?…]["'”’»)\]]*)(?=\s)|(?<=[。！？]["'”’」』）]*)/g,
  /(?=\s)/g,
];

const words = new Intl.Segmenter(undefined, { granularity: "word" });
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * The best place to cut `text` so that a part from `start` has at most `room` UTF-16 units, closing marks included.
 * A part is worth filling, so a good place in its second half beats a better one before.
 */
export function chooseCut(
  text: string,
  start: number,
  room: number,
  limit: number,
  spans: readonly Span[],
): Cut {
  const near = spans.filter((span) => span.end > start && span.start < start + room);
  const window = text.slice(start, start + room + 2);
  const spaced = SPACED.map((pattern) => [...window.matchAll(pattern)].map(({ index }) => index));
  const search = (places: readonly number[], from: number, whole: boolean): Cut | null => {
    for (const place of places.toReversed()) {
      if (place <= 0 || place > room || place < room * from) continue;
      const cut = cutAt(start + place, near);
      if (cut && place + cut.close.length <= room && (cut.close === "" || !whole)) return cut;
    }
    return null;
  };
  const among = (from: number, whole: boolean) => first(spaced, (places) => search(places, from, whole));
  // Formatting that no part can hold is cut where that leaves a full part, not pushed to the next one first.
  const tooLong = near.some((span) => span.end > start + room && span.end - span.start > limit);
  return (
    among(0.5, true) ??
    (tooLong ? among(0.5, false) : null) ??
    among(0.25, true) ??
    among(0, true) ??
    search(starts(words, window), 0, true) ??
    among(0.5, false) ??
    among(0, false) ??
    search(starts(graphemes, window), 0, true) ??
    search(starts(graphemes, window), 0, false) ??
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

function starts(segmenter: Intl.Segmenter, window: string): number[] {
  return Array.from(segmenter.segment(window), ({ index }) => index);
}

/** Null where the cut would go through the marks themselves. */
function cutAt(at: number, spans: readonly Span[]): Cut | null {
  const cut = spans.filter((span) => span.start < at && at < span.end);
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
