import { boxAt } from "./bytes.ts";

/** Content of a box, without its length and name. */
interface Box {
  name: string;
  start: number;
  end: number;
}

const AAC_SAMPLES = 1_024;
/** Sample rates by the index in an AAC decoder's configuration (ISO/IEC 14496-3, 1.6.3.4). */
const AAC_HZ = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];
/** Children read of one box. */
const MOST_BOXES = 1_000;

/** Seconds of the longest AAC track (ISO/IEC 14496-12), or the movie header's claim if longer; null for fragments and other codecs. */
export function mp4Seconds(bytes: Uint8Array, view: DataView): number | null {
  const top = boxesIn(bytes, view, { start: 0, end: bytes.byteLength });
  const movie = only(top, "moov");
  if (!movie || top.some(({ name }) => name === "moof")) return null;
  const parts = boxesIn(bytes, view, movie);
  const tracks = parts
    .filter(({ name }) => name === "trak")
    .map((track) => trackSeconds(bytes, view, track))
    .filter((seconds) => seconds !== null);
  const header = only(parts, "mvhd");
  return tracks.length === 0 ? null : Math.max(...tracks, header ? claimedSeconds(view, header) : 0);
}

/** Null for duplicates: decoders disagree about which one counts. */
function only(boxes: readonly Box[], name: string): Box | null {
  const [found, ...others] = boxes.filter((box) => box.name === name);
  return found && others.length === 0 ? found : null;
}

/** Sizes of the frames of the only AAC track, and the duration of each; null where they cannot be told. */
export function aacFrames(bytes: Uint8Array, view: DataView): { ms: number; sizes: number[] } | null {
  const movie = only(boxesIn(bytes, view, { start: 0, end: bytes.byteLength }), "moov");
  const track = movie && only(boxesIn(bytes, view, movie), "trak");
  const found = track && aacTrack(bytes, view, track);
  if (!found) return null;
  const { sizes, hz } = found;
  // One size for all says nothing.
  const count = view.getUint32(sizes.start + 4) === 0 ? view.getUint32(sizes.start + 8) : 0;
  const entries = Math.min(count, Math.floor((sizes.end - sizes.start - 12) / 4));
  const each = Array.from({ length: entries }, (_, index) => view.getUint32(sizes.start + 12 + 4 * index));
  return { ms: (1_000 * AAC_SAMPLES) / hz, sizes: each };
}

function trackSeconds(bytes: Uint8Array, view: DataView, track: Box): number | null {
  const found = aacTrack(bytes, view, track);
  return found && (view.getUint32(found.sizes.start + 8) * AAC_SAMPLES) / found.hz;
}

/** The table of frame sizes and the sample rate; null unless the track is AAC. */
function aacTrack(bytes: Uint8Array, view: DataView, track: Box): { sizes: Box; hz: number } | null {
  const within = (box: Box | null, name: string) => box && only(boxesIn(bytes, view, box), name);
  const table = within(within(within(track, "mdia"), "minf"), "stbl");
  const sizes = within(table, "stsz");
  const description = within(table, "stsd");
  if (!sizes || !description || sizes.end - sizes.start < 12) return null;
  const entry = within({ ...description, start: description.start + 8 }, "mp4a");
  const config = within(entry && { ...entry, start: entry.start + 28 }, "esds");
  const hz = config && aacHz(bytes.subarray(config.start + 4, config.end));
  return hz ? { sizes, hz } : null;
}

/** Sample rate from the decoder configuration inside the descriptors (ISO/IEC 14496-1, 7.2.6); null when it is not AAC's. */
function aacHz(bytes: Uint8Array): number | null {
  let at = 0;
  for (const [tag, skipped] of [
    [3, 3],
    [4, 13],
    [5, 0],
  ] as const) {
    if (bytes[at++] !== tag) return null;
    for (let digits = 0; digits < 4 && (bytes[at++] ?? 0) > 127; digits++);
    at += skipped;
  }
  const [first = 0, second = 0] = bytes.subarray(at, at + 2);
  return AAC_HZ[((first & 7) << 1) | (second >> 7)] ?? null;
}

/** Duration over time scale (ISO/IEC 14496-12, 8.2.2). */
function claimedSeconds(view: DataView, { start, end }: Box): number {
  if (end - start < 32) return 0;
  const wide = view.getUint8(start) === 1;
  const scale = view.getUint32(start + (wide ? 20 : 12));
  const duration = wide ? Number(view.getBigUint64(start + 24)) : view.getUint32(start + 16);
  return scale > 0 ? duration / scale : 0;
}

function boxesIn(bytes: Uint8Array, view: DataView, { start, end }: Pick<Box, "start" | "end">): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end && boxes.length < MOST_BOXES; ) {
    const short = view.getUint32(at);
    const wide = short === 1 && at + 16 <= end;
    const size = wide ? Number(view.getBigUint64(at + 8)) : short === 0 ? end - at : short;
    if (size < 8) break;
    boxes.push({ name: boxAt(bytes, at + 4), start: at + (wide ? 16 : 8), end: Math.min(end, at + size) });
    at += size;
  }
  return boxes;
}
