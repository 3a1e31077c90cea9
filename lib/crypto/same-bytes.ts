/** Compares bytes in constant time for a given length. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const difference = a.reduce((sum, byte, index) => sum | (byte ^ (b[index] ?? 256)), 0);
  return difference === 0 && a.length === b.length;
}
