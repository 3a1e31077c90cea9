/** Recordings made by hand: as much sound as is said here, whatever their headers claim. */

/** Layer III at 8 kbit/s and 16 kHz: a frame is 36 ms. */
export function mp3(seconds: number, tag: Uint8Array = Buffer.alloc(0)): Buffer {
  const frame = Buffer.alloc(36);
  frame.set([0xff, 0xf3, 0x18, 0xc4]);
  return Buffer.concat([tag, ...Array.from({ length: Math.ceil(seconds / 0.036) }, () => frame)]);
}

/** An ID3 tag with something in it that looks like sound. */
export function id3(content: Buffer): Buffer {
  const { length } = content;
  const header = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, length >> 14, (length >> 7) & 127, length & 127]);
  return Buffer.concat([header, content]);
}

/** Opus in Ogg, 50 packets of 20 ms a page; `claims` is the last page's position in seconds. */
export function opus(seconds: number, claims = seconds, packetBytes = 60): Buffer {
  return packets(Array(50 * seconds).fill(packetBytes), 20, claims);
}

/** Opus in Ogg with packets of these sizes, 50 a page; `claims` is the last page's position in seconds. */
export function packets(
  sizes: readonly number[],
  ms: 20 | 60 = 20,
  claims = (sizes.length * ms) / 1_000,
): Buffer {
  const page = (position: number, content: readonly Buffer[]): Buffer => {
    const header = Buffer.alloc(27);
    header.write("OggS");
    header.writeBigUInt64LE(BigInt(Math.round(position * 48_000)), 6);
    header[26] = content.length;
    return Buffer.concat([header, Buffer.from(content.map(({ length }) => length)), ...content]);
  };
  // Wide band, one frame.
  const all = sizes.map((size) => Buffer.alloc(size, 1).fill((ms === 20 ? 9 : 11) << 3, 0, 1));
  const heads = [Buffer.from("OpusHead\u0001\u0001"), Buffer.from("OpusTags")].map((head) => page(0, [head]));
  const pages = Array.from({ length: Math.ceil(all.length / 50) }, (_, at) =>
    page(claims, all.slice(50 * at, 50 * at + 50)),
  );
  return Buffer.concat([...heads, ...pages]);
}

/** AAC at 16 kHz: a frame is 64 ms. */
export function mp4(seconds: number, claims = seconds, more: Buffer[] = []): Buffer {
  const box = (name: string, ...content: Buffer[]): Buffer => {
    const body = Buffer.concat(content);
    const header = Buffer.alloc(8);
    header.writeUInt32BE(body.length + 8);
    header.write(name, 4);
    return Buffer.concat([header, body]);
  };
  const words = (...values: number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4);
    return bytes;
  };
  const frames = Math.ceil(seconds / 0.064);
  const config = Buffer.from([
    3,
    25,
    0,
    1,
    0,
    4,
    17,
    ...Array.from({ length: 13 }, () => 0),
    5,
    2,
    0x14,
    0x08,
  ]);
  const entry = box("mp4a", Buffer.alloc(28), box("esds", words(0), config));
  const table = box("stbl", box("stsd", words(0, 1), entry), box("stsz", words(0, 128, frames)));
  const header = box("mvhd", words(0, 0, 0, 1_000, claims * 1_000), Buffer.alloc(80));
  return Buffer.concat([
    box("ftyp", Buffer.from("M4A \0\0\0\0")),
    box("moov", header, box("trak", box("mdia", box("minf", table)))),
    ...more,
    box("mdat", Buffer.alloc(frames * 128)),
  ]);
}

/** PCM in stereo at 44.1 kHz; `claims` is the rate that its header says, in bytes a second. */
export function wav(seconds: number, claims = 176_400): Buffer {
  const bytes = Buffer.alloc(44 + 176_400 * seconds);
  bytes.write("RIFF");
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(44_100, 24);
  bytes.writeUInt32LE(claims, 28);
  bytes.writeUInt16LE(16, 34);
  return bytes;
}

/** Only the beginning of such a file, and as many bytes as so much sound takes at `rate` bytes a second. */
export const webm = (seconds: number, rate = 4_000): Buffer =>
  Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(seconds * rate)]);
export const flac = (seconds: number, rate = 40_000): Buffer =>
  Buffer.concat([Buffer.from("fLaC"), Buffer.alloc(seconds * rate)]);
