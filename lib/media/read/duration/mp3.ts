import { LONGEST_S, MOST_MISSES } from "./bytes.ts";

/** Layer III bit rates in kbit/s by index: MPEG 1, then MPEG 2 and 2.5. */
const KBITS = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const HZ = [44_100, 48_000, 32_000] as const;

/** Duration of all frames in seconds; the frame count in a header is not trusted. */
export function mp3Seconds(bytes: Uint8Array): number | null {
  let seconds = 0;
  let at = tagLength(bytes);
  let misses = 0;
  while (seconds < LONGEST_S) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 4 > bytes.byteLength) break;
    const frame = frameAt(bytes, at);
    if (frame) seconds += frame.seconds;
    else if (++misses > MOST_MISSES) return null;
    at += frame?.length ?? 1;
  }
  return seconds > 0 ? seconds : null;
}

/** Bytes of an ID3v2 tag, which may hold pictures; 0 without one. */
function tagLength(bytes: Uint8Array): number {
  const [i, d, three] = bytes;
  if (i !== 0x49 || d !== 0x44 || three !== 0x33) return 0;
  return bytes.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 127), 0) + 10;
}

/** Layer III only; frames with a free or reserved rate are skipped. */
function frameAt(bytes: Uint8Array, at: number): { length: number; seconds: number } | null {
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const version = (second >> 3) & 3;
  if (second < 0xe0 || version === 1 || ((second >> 1) & 3) !== 1) return null;
  const first = version === 3;
  const kbits = KBITS[first ? 0 : 1][third >> 4] ?? 0;
  const hz = (HZ[(third >> 2) & 3] ?? 0) / (first ? 1 : version === 2 ? 2 : 4);
  if (kbits === 0 || hz === 0) return null;
  const samples = first ? 1_152 : 576;
  const length = Math.floor((samples * 125 * kbits) / hz) + ((third >> 1) & 1);
  return { length, seconds: samples / hz };
}
