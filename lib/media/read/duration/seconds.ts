import { mp3Seconds } from "./mp3.ts";
import { mp4Seconds } from "./mp4.ts";
import { opusSeconds } from "./opus.ts";
import { wavSeconds } from "./wav.ts";

/** Seconds of sound, counted from the frames that a decoder would find; null for another codec, or when it cannot be told. */
type Count = (bytes: Uint8Array, view: DataView) => number | null;

interface Rule {
  count?: Count;
  /** Bytes a second that speech takes at least, for what cannot be counted. */
  leastRate: number;
  /** Bytes a second that its sound takes at most: a file that says less than that of itself lies. */
  mostRate: number;
}

/** The lowest rate of Opus is 6 kbit/s (RFC 6716, section 2.1.1); others start higher, and only silence takes less. */
const LEAST_RATE = 750;
/** 512 kbit/s. */
const MOST_RATE = 64_000;
/** Without loss: speech at 16 kHz takes half of 32,000, and 96 kHz in stereo with 24 bits takes this. */
const LOSSLESS = { leastRate: 8_000, mostRate: 576_000 };

const RULES: Readonly<Record<string, Rule>> = {
  "audio/ogg": { count: opusSeconds, leastRate: LEAST_RATE, mostRate: MOST_RATE },
  "audio/mp4": { count: mp4Seconds, leastRate: LEAST_RATE, mostRate: MOST_RATE },
  "audio/mpeg": { count: mp3Seconds, leastRate: LEAST_RATE, mostRate: MOST_RATE },
  "audio/wav": { count: wavSeconds, ...LOSSLESS },
  "audio/flac": LOSSLESS,
};
const UNKNOWN: Rule = { leastRate: LEAST_RATE, mostRate: MOST_RATE };

/**
 * Seconds of sound in a recording, or more: nobody's word is taken for it. Where frames cannot be counted it is the
 * longest speech that so many bytes can hold.
 */
export function secondsAtMost(bytes: Uint8Array, mimeType: string): number {
  const { count, leastRate, mostRate } = (Object.hasOwn(RULES, mimeType) && RULES[mimeType]) || UNKNOWN;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counted = count?.(bytes, view) ?? bytes.byteLength / leastRate;
  return Math.max(counted, bytes.byteLength / mostRate);
}
