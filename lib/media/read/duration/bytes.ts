/** Four bytes as the letters that name a part of a file. */
export function boxAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** Places that are looked at in vain before a file counts as unreadable: of rubbish there may be megabytes. */
export const MOST_MISSES = 50_000;

/** Longest length that is counted, in seconds: nobody asks further. */
export const LONGEST_S = 7_200;
