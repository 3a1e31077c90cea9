import { boxAt } from "./duration/bytes.ts";
import { aacFrames } from "./duration/mp4.ts";
import { opusSeconds } from "./duration/opus.ts";

/**
 * What a recording tells without a decoder: `silent` holds no sound at all, `speech` goes up and down as speech does;
 * `unknown` is steady noise, too short, or of a format that does not tell.
 */
export type Loudness = "silent" | "speech" | "unknown";

/** Loudness of a recording of this format. */
export function loudnessOf(bytes: Uint8Array, mimeType: string): Loudness {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mimeType === "audio/ogg") return byRates(opusRates(bytes, view));
  if (mimeType === "audio/mp4") return byRates(aacRates(bytes, view));
  return mimeType === "audio/wav" ? byLevels(levelsOf(bytes, view)) : "unknown";
}

/** Shorter recordings are not judged. */
const LEAST_MS = 1_000;

/** Codecs spend bits on what sounds: measured, silence takes 2 to 3.6 kbit/s, a voice 16 and more, its pauses half of that. */
const SILENT_KBITS = 4;
const VOICE_KBITS = 8;
/** The loud parts of speech take at least this many times as much as the quiet ones; steady noise takes the same throughout. */
const SPEECH_RATIO = 1.8;

function byRates(kbits: readonly number[]): Loudness {
  const [quiet, loud] = spread(kbits);
  if (quiet === undefined || loud === undefined) return "unknown";
  if (loud <= SILENT_KBITS) return "silent";
  return loud >= VOICE_KBITS && loud >= SPEECH_RATIO * quiet ? "speech" : "unknown";
}

function opusRates(bytes: Uint8Array, view: DataView): number[] {
  const rates: number[] = [];
  let ms = 0;
  opusSeconds(bytes, view, (packet) => {
    rates.push((8 * packet.bytes) / packet.ms);
    ms += packet.ms;
  });
  return ms < LEAST_MS ? [] : rates;
}

function aacRates(bytes: Uint8Array, view: DataView): number[] {
  const frames = aacFrames(bytes, view);
  if (!frames || frames.sizes.length * frames.ms < LEAST_MS) return [];
  return frames.sizes.map((size) => (8 * size) / frames.ms);
}

/** A whisper close by is above the second, a quiet room below; the first is below any microphone. */
const SILENT_DB = -75;
const VOICE_DB = -40;

function byLevels(db: readonly number[]): Loudness {
  const [, loud] = spread(db);
  if (loud === undefined) return "unknown";
  return loud <= SILENT_DB ? "silent" : loud >= VOICE_DB ? "speech" : "unknown";
}

const PCM = 1;
const WINDOWS_PER_S = 50;

/** Levels in dB below full scale of 20 ms each, of a file of 16-bit integers; empty for any other. */
function levelsOf(bytes: Uint8Array, view: DataView): number[] {
  const chunks = chunksOf(bytes, view);
  const [format, data] = [chunks.get("fmt "), chunks.get("data")];
  if (format === undefined || data === undefined || format + 24 > bytes.byteLength) return [];
  if (view.getUint16(format + 8, true) !== PCM || view.getUint16(format + 22, true) !== 16) return [];
  const perS = view.getUint32(format + 12, true) * view.getUint16(format + 10, true);
  const samples = Math.max(1, Math.floor(perS / WINDOWS_PER_S));
  const levels: number[] = [];
  for (let at = data + 8; at + 2 * samples <= bytes.byteLength; at += 2 * samples) {
    let sum = 0;
    for (let index = 0; index < samples; index++) sum += (view.getInt16(at + 2 * index, true) / 32_768) ** 2;
    levels.push(10 * Math.log10(sum / samples + 1e-12));
  }
  return levels.length < WINDOWS_PER_S * (LEAST_MS / 1_000) ? [] : levels;
}

const MOST_CHUNKS = 100;

/** Positions of a WAV file's parts by name. */
function chunksOf(bytes: Uint8Array, view: DataView): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = 12; at + 8 <= bytes.byteLength && found.size < MOST_CHUNKS; ) {
    const name = boxAt(bytes, at);
    if (!found.has(name)) found.set(name, at);
    const size = view.getUint32(at + 4, true);
    at += 8 + size + (size % 2);
  }
  return found;
}

/** The 10th and 90th percentile; empty for none. */
function spread(values: readonly number[]): [number, number] | [] {
  if (values.length === 0) return [];
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [at(0.1), at(0.9)];
}
