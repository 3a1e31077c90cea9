/** Four-character name of a file's part. */
export function boxAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** Failed matches before a file counts as unreadable; garbage may be megabytes long. */
export const MOST_MISSES = 50_000;

/** Longest duration counted, in seconds; far above every limit. */
export const LONGEST_S = 7_200;
