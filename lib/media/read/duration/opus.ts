import { boxAt, LONGEST_S, MOST_MISSES } from "./bytes.ts";

/** Opus positions count at 48 kHz whatever the recording rate (RFC 7845, section 4). */
const OPUS_HZ = 48_000;
/** Packets before the sound: the header and the comments. */
const HEADERS = 2;
const LONGEST_PACKET_MS = 120;
/** Logical streams read of one file; a recording has one. */
const MOST_STREAMS = 8;

/** Progress of one logical stream. */
interface Stream {
  packets: number;
  ms: number;
  /** The last packet continues on the next page. */
  open: boolean;
  /** Of the packet that is being read. */
  packet: Packet;
}

/** One packet of sound. */
export interface Packet {
  ms: number;
  bytes: number;
}

/**
 * Seconds of all packets in Ogg pages (RFC 3533, RFC 6716), or the last page's position if that is later. `onPacket` is
 * given each one.
 */
export function opusSeconds(
  bytes: Uint8Array,
  view: DataView,
  onPacket: (packet: Packet) => void = () => {},
): number | null {
  const streams = new Map<number, Stream>();
  let claimedS = 0;
  let misses = 0;
  let ms = 0;
  for (let at = 0; at >= 0 && at + 27 <= bytes.byteLength && ms < LONGEST_S * 1_000; ) {
    if (boxAt(bytes, at) !== "OggS") {
      if (++misses > MOST_MISSES) return null;
      at = bytes.indexOf(0x4f, at + 1);
      continue;
    }
    const serial = view.getUint32(at + 14, true);
    const stream = streams.get(serial) ?? { packets: 0, ms: 0, open: false, packet: { ms: 0, bytes: 0 } };
    const sizes = bytes.subarray(at + 27, at + 27 + view.getUint8(at + 26));
    const start = at + 27 + sizes.byteLength;
    if (stream.packets === 0 && boxAt(bytes, start) + boxAt(bytes, start + 4) !== "OpusHead") return null;
    streams.set(serial, stream);
    if (streams.size > MOST_STREAMS) return null;
    const before = stream.ms;
    readPage(stream, sizes, bytes.subarray(start), onPacket);
    ms += stream.ms - before;
    const position = view.getBigUint64(at + 6, true);
    if (position < NO_POSITION) claimedS = Math.max(claimedS, Number(position) / OPUS_HZ);
    at = start + sizes.reduce((sum, size) => sum + size, 0);
  }
  return streams.size === 0 ? null : Math.max(claimedS, ms / 1_000);
}

/** All bits set: no packet ends on the page. */
const NO_POSITION = 2n ** 63n;

function readPage(
  stream: Stream,
  sizes: Uint8Array,
  content: Uint8Array,
  onPacket: (packet: Packet) => void,
): void {
  let at = 0;
  for (const size of sizes) {
    if (!stream.open) {
      const ms = ++stream.packets > HEADERS ? packetMs(content[at], content[at + 1]) : 0;
      stream.packet = { ms, bytes: 0 };
      stream.ms += ms;
    }
    stream.packet.bytes += size;
    stream.open = size === 255;
    if (!stream.open && stream.packet.ms > 0) onPacket(stream.packet);
    at += size;
  }
}

/** Duration by the first byte, and the second where it holds the frame count (RFC 6716, section 3). */
function packetMs(first = 0, second = 0): number {
  const config = first >> 3;
  const long = [10, 20, 40, 60][config & 3] ?? 0;
  const short = [2.5, 5, 10, 20][config & 3] ?? 0;
  const frameMs = config < 12 ? long : config < 16 ? 10 + 10 * (config & 1) : short;
  const frames = [1, 2, 2, second & 63][first & 3] ?? 1;
  return Math.min(frameMs * frames, LONGEST_PACKET_MS);
}
