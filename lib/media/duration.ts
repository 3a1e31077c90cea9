/** How long a recording is by its own words, since not every transcription service says. */

/** Seconds of sound in an Ogg/Opus, MP4 or WAV file; null when the file does not tell. */
export function secondsOf(bytes: Uint8Array, mimeType: string): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = Object.hasOwn(READERS, mimeType) ? READERS[mimeType] : undefined;
  const seconds = read?.(bytes, view) ?? null;
  return seconds !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

const READERS: Readonly<Record<string, (bytes: Uint8Array, view: DataView) => number | null>> = {
  "audio/ogg": oggSeconds,
  "audio/mp4": mp4Seconds,
  "audio/wav": wavSeconds,
};

/** Opus counts at 48 kHz whatever it was recorded at (RFC 7845, section 4). */
const OPUS_HZ = 48_000;

/** The granule position of the last page (RFC 3533, section 6). */
function oggSeconds(bytes: Uint8Array, view: DataView): number | null {
  const page = lastIndexOf(bytes, "OggS");
  if (page < 0 || page + 14 > bytes.byteLength || indexOf(bytes, "OpusHead", 512) < 0) return null;
  return Number(view.getBigUint64(page + 6, true)) / OPUS_HZ;
}

/** The movie header's duration over its time scale (ISO/IEC 14496-12, 8.2.2). */
function mp4Seconds(bytes: Uint8Array, view: DataView): number | null {
  const header = indexOf(bytes, "mvhd", bytes.byteLength);
  if (header < 0 || header + 36 > bytes.byteLength) return null;
  const wide = view.getUint8(header + 4) === 1;
  const scaleHz = view.getUint32(header + (wide ? 24 : 16));
  const duration = wide ? Number(view.getBigUint64(header + 28)) : view.getUint32(header + 20);
  return duration / scaleHz;
}

/** What there is of sound over the byte rate of its format. */
function wavSeconds(bytes: Uint8Array, view: DataView): number | null {
  const format = indexOf(bytes, "fmt ", 512);
  if (format < 0 || format + 20 > bytes.byteLength) return null;
  return bytes.byteLength / view.getUint32(format + 16, true);
}

function indexOf(bytes: Uint8Array, name: string, within: number): number {
  const end = Math.min(within, bytes.byteLength - name.length);
  for (let at = 0; at <= end; at++) if (isAt(bytes, name, at)) return at;
  return -1;
}

function lastIndexOf(bytes: Uint8Array, name: string): number {
  for (let at = bytes.byteLength - name.length; at >= 0; at--) if (isAt(bytes, name, at)) return at;
  return -1;
}

function isAt(bytes: Uint8Array, name: string, at: number): boolean {
  for (let index = 0; index < name.length; index++) {
    if (bytes[at + index] !== name.charCodeAt(index)) return false;
  }
  return true;
}
