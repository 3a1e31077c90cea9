import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secondsAtMost } from "../../lib/media/read/duration/seconds.ts";
import { flac, id3, mp3, mp4, opus, wav, webm } from "./recordings.ts";
import { voiceNote } from "./support.ts";

/** Longest recording that is listened to. */
const MOST_S = 600;
const HOUR_S = 3_900;

describe("an honest recording is as long as it is", () => {
  test.each<[string, Uint8Array, string, number]>([
    ["a voice note", voiceNote(7.5, "hola"), "audio/ogg", 7.5],
    ["a voice note of nine minutes", opus(540), "audio/ogg", 540],
    ["AAC", mp4(83), "audio/mp4", 83],
    ["MP3", mp3(120), "audio/mpeg", 120],
    ["MP3 behind a tag", mp3(30, id3(mp3(60))), "audio/mpeg", 30],
    ["WAV", wav(30), "audio/wav", 30],
  ])("%s", (_, bytes, mimeType, seconds) => {
    expect(secondsAtMost(bytes, mimeType)).toBeCloseTo(seconds, 0);
  });

  test.each<[string, Uint8Array, string, number]>([
    ["WebM", webm(100), "audio/webm", 100],
    ["FLAC", flac(60), "audio/flac", 60],
    ["AAC in fragments", mp4(60, 60, [Buffer.from("\0\0\0\u0008moof")]), "audio/mp4", 60],
  ])(
    "%s, whose sound cannot be counted, is taken to be longer and still read",
    (_, bytes, mimeType, seconds) => {
      const most = secondsAtMost(bytes, mimeType);
      expect(most).toBeGreaterThanOrEqual(seconds);
      expect(most).toBeLessThanOrEqual(MOST_S);
    },
  );
});

describe("65 minutes are never taken for ten", () => {
  test.each<[string, Uint8Array, string]>([
    ["MP3", mp3(HOUR_S), "audio/mpeg"],
    [
      "MP3 with rubbish between",
      Buffer.concat([mp3(1), Buffer.alloc(5_000, 0xff), mp3(HOUR_S)]),
      "audio/mpeg",
    ],
    ["WebM at 8 kbit/s", webm(HOUR_S, 1_000), "audio/webm"],
    ["FLAC", flac(HOUR_S, 8_000), "audio/flac"],
    ["Ogg whose last page claims two seconds", opus(HOUR_S, 2), "audio/ogg"],
    ["Ogg of silence in two bytes a packet", opus(HOUR_S, 2, 2), "audio/ogg"],
    [
      "Ogg with rubbish between",
      Buffer.concat([opus(1), Buffer.from("OOggS"), opus(HOUR_S, 2)]),
      "audio/ogg",
    ],
    ["Ogg that is not Opus", Buffer.concat([Buffer.from("OggS"), Buffer.alloc(3_900_000)]), "audio/ogg"],
    ["AAC whose header claims two seconds", mp4(HOUR_S, 2), "audio/mp4"],
    ["AAC whose header claims an hour and whose frames do not", mp4(2, HOUR_S), "audio/mp4"],
    ["something that no decoder names", new Uint8Array(3_900_000), "audio/new"],
  ])("%s", (_, bytes, mimeType) => {
    expect(secondsAtMost(bytes, mimeType)).toBeGreaterThan(MOST_S);
  });
});

test("WAV that claims more bytes a second than it has", () => {
  expect(secondsAtMost(wav(60, 4_000_000_000), "audio/wav")).toBeCloseTo(60, 0);
});

test("8 MB that claim five seconds are not five seconds", () => {
  const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(8_000_000)]);
  expect(secondsAtMost(padded(mp4(5)), "audio/mp4")).toBeGreaterThan(100);
  expect(secondsAtMost(padded(opus(5)), "audio/ogg")).toBeGreaterThan(100);
  expect(secondsAtMost(padded(mp3(5)), "audio/mpeg")).toBeGreaterThan(100);
});

test("any bytes give a number of seconds", () => {
  const types = fc.constantFrom(
    "audio/ogg",
    "audio/mp4",
    "audio/wav",
    "audio/mpeg",
    "audio/flac",
    "constructor",
  );
  const real = fc.constantFrom(opus(1), mp4(1), wav(0), mp3(0.1), Buffer.alloc(0));
  const change = fc.record({ at: fc.nat(400), bytes: fc.uint8Array({ maxLength: 8 }) });
  fc.assert(
    fc.property(
      types,
      real,
      fc.array(change, { maxLength: 6 }),
      fc.nat(600),
      (type, bytes, changes, length) => {
        const broken = Buffer.from(bytes.subarray(0, length));
        for (const { at, bytes: other } of changes)
          broken.set(other.subarray(0, Math.max(0, broken.length - at)), Math.min(at, broken.length));
        const seconds = secondsAtMost(broken, type);
        expect(Number.isFinite(seconds) && seconds >= 0).toBe(true);
      },
    ),
  );
});
