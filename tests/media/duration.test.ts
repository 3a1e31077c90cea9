import fc from "fast-check";
import { expect, test } from "vitest";
import { secondsOf } from "../../lib/media/duration.ts";
import { voiceNote } from "./support.ts";

function mp4(seconds: number, wide: boolean): Uint8Array {
  const header = Buffer.alloc(120);
  header.write("mvhd", 4);
  header[8] = wide ? 1 : 0;
  header.writeUInt32BE(1_000, wide ? 28 : 20);
  if (wide) header.writeBigUInt64BE(BigInt(seconds * 1_000), 32);
  else header.writeUInt32BE(seconds * 1_000, 24);
  return Buffer.concat([Buffer.from("\0\0\0\u0018ftypM4A "), Buffer.alloc(12), header]);
}

function wav(seconds: number): Uint8Array {
  const bytes = Buffer.alloc(44 + 16_000 * seconds);
  bytes.write("RIFF");
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16_000, 28);
  return bytes;
}

test.each([
  ["a voice note", voiceNote(7.5, "hola"), "audio/ogg", 7.5],
  ["an MP4 recording", mp4(83, false), "audio/mp4", 83],
  ["an MP4 recording with wide numbers", mp4(83, true), "audio/mp4", 83],
  ["a WAV recording", wav(3), "audio/wav", 3],
])("%s says how long it is", (_, bytes, mimeType, seconds) => {
  expect(secondsOf(bytes, mimeType)).toBeCloseTo(seconds, 1);
});

test("what does not say is not guessed", () => {
  expect(secondsOf(Buffer.from("ID3\u0004 and so on"), "audio/mpeg")).toBeNull();
  expect(secondsOf(Buffer.from("OggS"), "audio/ogg")).toBeNull();
  expect(secondsOf(new Uint8Array(), "constructor")).toBeNull();
});

test("any bytes give a number of seconds or none", () => {
  const types = fc.constantFrom("audio/ogg", "audio/mp4", "audio/wav", "audio/mpeg");
  const marks = fc.constantFrom("OggS", "OpusHead", "mvhd", "fmt ", "");
  fc.assert(
    fc.property(types, marks, fc.uint8Array({ maxLength: 64 }), (type, mark, tail) => {
      const seconds = secondsOf(Buffer.concat([Buffer.from(`OpusHead${mark}`), tail]), type);
      expect(seconds === null || (Number.isFinite(seconds) && seconds >= 0)).toBe(true);
    }),
  );
});
