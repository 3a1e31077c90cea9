import { mp3Seconds } from "./mp3.ts";
import { mp4Seconds } from "./mp4.ts";
import { opusSeconds } from "./opus.ts";
import { wavSeconds } from "./wav.ts";

/** Seconds of sound, counted from the frames that a decoder would find; null when unknown or for another codec. */
type Count = (bytes: Uint8Array, view: DataView) => number | null;

interface Rule {
  count?: Count;
  /** Lowest bytes per second of speech, for files whose frames cannot be counted. */
  leastRate: number;
  /** Highest bytes per second of this format; a file that claims a shorter duration lies. */
  mostRate: number;
}

/** Opus starts at 6 kbit/s (RFC 6716, section 2.1.1), other codecs higher; only silence takes less. */
const LEAST_RATE = 750;
/** 512 kbit/s. */
const MOST_RATE = 64_000;
/** Lossless: compressed 16 kHz speech takes about 16,000 bytes/s; 96 kHz stereo at 24 bits takes `mostRate`. */
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
 * Upper bound for the seconds of sound in a recording; declared durations are not trusted. Where frames cannot be
 * counted, it is the longest speech that so many bytes can hold.
 */
export function secondsAtMost(bytes: Uint8Array, mimeType: string): number {
  const { count, leastRate, mostRate } = (Object.hasOwn(RULES, mimeType) && RULES[mimeType]) || UNKNOWN;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counted = count?.(bytes, view) ?? bytes.byteLength / leastRate;
  return Math.max(counted, bytes.byteLength / mostRate);
}
