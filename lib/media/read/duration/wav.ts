import { boxAt } from "./bytes.ts";

/** Format tags of integer PCM, float PCM and the extensible header. */
const PCM = new Set([1, 3, 0xfffe]);
/** Seconds of PCM sound; bytes per second are computed, because decoders ignore the header's own figure. */
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
