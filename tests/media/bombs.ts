import { constants, deflateRawSync } from "node:zlib";
import { pdf } from "./pdfs.ts";

/** One megabyte and less is compressed, and said again and again: a stream of zlib's without packing all of it. */
function stream(...pieces: [piece: string, times: number][]): Buffer {
  const blocks = pieces.flatMap(([piece, times]) => {
    const block = deflateRawSync(piece, { finishFlush: constants.Z_FULL_FLUSH });
    return Array.from({ length: times }, () => block);
  });
  const [header, end, checksum] = [Buffer.from([0x78, 0x9c]), Buffer.from([3, 0]), Buffer.alloc(4)];
  return Buffer.concat([header, ...blocks, end, checksum]);
}

const page = (begin: string, piece: string, megabytes: number, end: string): Buffer =>
  stream([`BT /F1 12 Tf ${begin}`, 1], [piece.repeat(1_000_000 / piece.length), megabytes], [`${end} ET`, 1]);
const packed = (...pages: Buffer[]): Buffer => pdf({ pages, deflated: 2, already: 1 });

/** Makes PDFs of a few KB that unpack to hundreds of MB, or to more work than anybody waits for. */
export const BOMBS: Readonly<Record<string, () => Buffer>> = {
  "white space": () => packed(page("", " ", 1_000, "")),
  "words of nothing": () => packed(page("", "() Tj ", 300, "")),
  "a string": () => packed(page("(", "a", 400, ") Tj")),
  "an array of numbers": () => packed(page("[", "1 ", 400, "] TJ")),
  "twenty pages of zeros": () => packed(...Array.from({ length: 20 }, () => page("", "\0", 100, ""))),
};
