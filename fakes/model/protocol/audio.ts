// File names that OpenAI accepts, and the first bytes of such files.
const SIGNATURES: readonly { extensions: string; at: number; bytes: string }[] = [
  { extensions: "ogg oga", at: 0, bytes: "OggS" },
  { extensions: "wav", at: 0, bytes: "RIFF" },
  { extensions: "flac", at: 0, bytes: "fLaC" },
  { extensions: "webm", at: 0, bytes: "\x1aE\xdf\xa3" },
  { extensions: "m4a mp4", at: 4, bytes: "ftyp" },
  { extensions: "mp3 mpeg mpga", at: 0, bytes: "ID3" },
  { extensions: "mp3 mpeg mpga", at: 0, bytes: "\xff\xfb" },
  { extensions: "mp3 mpeg mpga", at: 0, bytes: "\xff\xf3" },
  { extensions: "mp3 mpeg mpga", at: 0, bytes: "\xff\xf2" },
];
const TAG = "TRANSCRIPT=";
const WORDS_BYTES = 16_000;
const OPUS_RATE = 48_000;
/** Size of a voice note per second, for files whose length cannot be read. */
const BYTES_PER_SECOND = 2_000;

/** True when the bytes fit the file's name; null when the name is of no accepted kind. */
export function isAudio(filename: string, bytes: Uint8Array): boolean | null {
  const extension = /\.(\w+)$/.exec(filename.toLowerCase())?.[1] ?? "";
  const kinds = SIGNATURES.filter(({ extensions }) => extensions.split(" ").includes(extension));
  if (kinds.length === 0) return null;
  return kinds.some((kind) => latin(bytes, kind.at, kind.at + kind.bytes.length) === kind.bytes);
}

/**
 * Words tagged in a sample, since the offline model cannot hear: a comment `TRANSCRIPT=…` in its Opus header
 * (opusenc --comment), or the same at the end of the file. Null without a tag.
 */
export function wordsIn(bytes: Uint8Array): string | null {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(TAG, 0, "latin1");
  if (at < 0) return null;
  // A comment follows its length; a tag at the end of the file runs to the end.
  const length = at < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(at - 4, true);
  const counted = length > TAG.length && at + length <= bytes.length;
  const end = counted ? at + length : bytes.length;
  const words = new TextDecoder().decode(bytes.subarray(at + TAG.length, Math.min(end, at + WORDS_BYTES)));
  return words.replace(/\0+$/, "").trim() || null;
}

/** Length in seconds: from the last page of Ogg/Opus, otherwise from the size. */
export function secondsOf(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const page = buffer.lastIndexOf("OggS");
  const granule = page >= 0 && page + 14 <= bytes.length ? buffer.readBigUInt64LE(page + 6) : 0n;
  const seconds = Number(granule) / OPUS_RATE;
  const known = seconds > 0 && seconds < 86_400;
  return Math.round((known ? seconds : bytes.length / BYTES_PER_SECOND) * 100) / 100;
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
