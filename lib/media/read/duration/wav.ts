import { boxAt } from "./bytes.ts";

/** PCM as whole numbers or fractions, and what says its form further on. */
const PCM = new Set([1, 3, 0xfffe]);
/** The format, channels, rate and bits of PCM: bytes a second are computed, since decoders do not look at what is said of them. */
export function wavSeconds(bytes: Uint8Array, view: DataView): number | null {
  for (
    let at = 12;
    at + 24 <= bytes.byteLength;
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)
  ) {
    if (boxAt(bytes, at) !== "fmt ") continue;
    const rate =
      view.getUint32(at + 12, true) * view.getUint16(at + 10, true) * (view.getUint16(at + 22, true) / 8);
    return PCM.has(view.getUint16(at + 8, true)) && rate > 0 ? bytes.byteLength / rate : null;
  }
  return null;
}
