import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  boundedInteger,
  cleanJson,
  cleanText,
  MAX_CONTENT_BYTES,
  MAX_INTEGER,
  MAX_TEXT,
  showsNothing,
} from "../../lib/json/clean.ts";
import { runs, SEED } from "../support/seed.ts";

/** C0 without tab and line feed, DEL, C1. */
const CONTROLS = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, index) => 0x7f + index)]
  .filter((code) => code !== 9 && code !== 10)
  .map((code) => String.fromCharCode(code));
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...CONTROLS, "\ud800", "\udc00", "😀"), fc.string({ unit: "binary" })))
  .map((parts) => parts.join(""));

describe(`text of others (SEED=${SEED})`, () => {
  test("has no control characters and no half of a pair, and stays clean", () => {
    fc.assert(
      fc.property(hostile, fc.nat(60), (text, max) => {
        const clean = cleanText(text, max);
        expect(CONTROLS.filter((control) => clean.includes(control))).toEqual([]);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean.length).toBeLessThanOrEqual(max);
        expect(cleanText(clean, max)).toBe(clean);
      }),
      { seed: SEED, numRuns: runs(500) },
    );
  });

  test.each([
    "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇵🇪 1️⃣",
    "שלום \u200fעולם\u200f, مرحبا",
    "می\u200cخواهم",
    "क्\u200dष",
    "¿Qué tal?\n\t— bien…\u00a0ñandú",
  ])("is as it was written: %s", (text) => {
    expect(cleanText(text, 1_000)).toBe(text);
  });

  test("has one kind of line break", () => {
    expect(cleanText("a\r\nb\rc\vd\fe\u0085f\ng", 100)).toBe("a\nb\nc\nd\ne\nf\ng");
  });

  test("obeys nobody at a terminal", () => {
    expect(cleanText("Ana\x1b[2J\x1b]0;x\x07 \x9b1A", 100)).toBe("Ana[2J]0;x 1A");
  });
});

describe(`JSON of others (SEED=${SEED})`, () => {
  const escaped = /(?<!\\)(\\\\)*\\u(00[01]|d[89a-f])/i;

  test("is small, clean and JSON", () => {
    fc.assert(
      fc.property(
        fc.anything({
          key: hostile,
          values: [hostile, fc.double(), fc.integer(), fc.constantFrom(undefined, null, 2 ** 31, 5e9, 1e308)],
        }),
        (value) => {
          const clean = JSON.stringify(cleanJson(value));
          expect(clean).not.toMatch(escaped);
          expect(CONTROLS.filter((control) => clean.includes(control))).toEqual([]);
          expect(JSON.stringify(JSON.parse(clean))).toBe(clean);
          expect(new TextEncoder().encode(clean).byteLength).toBeLessThanOrEqual(MAX_CONTENT_BYTES);
        },
      ),
      { seed: SEED, numRuns: runs(300) },
    );
  });

  test.each([
    ["100,000 lists in each other", "[", "]"],
    ["100,000 objects in each other", '{"a":', "}"],
  ])("is cut where it is too deep: %s", (_what, open, close) => {
    const value: unknown = JSON.parse(`${open.repeat(100_000)}1${close.repeat(100_000)}`);
    expect(cleanJson(value)).toMatchObject({ truncated: true });
  });

  test("says that a million characters were cut", () => {
    expect(cleanJson({ text: "x".repeat(1_000_000) })).toEqual({
      text: "x".repeat(MAX_TEXT),
      truncated: true,
    });
  });

  test("leaves out fields without a value, as JSON does", () => {
    expect(cleanJson({ a: undefined, b: [undefined], c: 1 })).toEqual({ b: [null], c: 1 });
  });
});

test.each([
  [12.5, 13],
  [-1, 0],
  [2 ** 31, MAX_INTEGER],
  [5e9, MAX_INTEGER],
  [Number.POSITIVE_INFINITY, MAX_INTEGER],
  [-0, 0],
  [Number.NaN, null],
  ["12", null],
  [null, null],
])("the number %s becomes %s", (value, expected) => {
  expect(boundedInteger(value)).toBe(expected);
});

describe("showsNothing", () => {
  test.each(["", " \n\t", "\u200B", "\u200D\uFE0F", "\u202E\u2066", "\u3164\u2800\uFFA0", "\u{E0061}"])(
    "is true of %j",
    (text) => {
      expect(showsNothing(text)).toBe(true);
    },
  );
  test.each([".", "👩‍👧", "\u202Aא", "✔️", "\u200Bx"])("is false of %j", (text) => {
    expect(showsNothing(text)).toBe(false);
  });
});
