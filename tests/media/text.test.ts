import fc from "fast-check";
import { expect, test } from "vitest";
import { unmarked } from "../../lib/language/marks.ts";
import { decodeText, MAX_READING } from "../../lib/media/file/text.ts";
import { SAMPLES } from "./support.ts";

const WORDS = "Producto;Precio\nCafé de altura;S/ 25,50\nAçaí orgânico;R$ 18\n";

test.each<[string, Uint8Array]>([
  ["UTF-8", Buffer.from(WORDS)],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${WORDS}`)],
  ["UTF-16LE with a mark", Buffer.from(`\ufeff${WORDS}`, "utf16le")],
  ["UTF-16LE", Buffer.from(WORDS, "utf16le")],
  ["UTF-16BE with a mark", Buffer.from(`\ufeff${WORDS}`, "utf16le").swap16()],
  ["UTF-16BE", Buffer.from(WORDS, "utf16le").swap16()],
  ["Latin-1", Buffer.from(WORDS, "latin1")],
])("%s is read", (_, bytes) => {
  expect(decodeText(bytes)).toBe(WORDS.trim());
});

test("the signs of Windows are read too", () => {
  expect(decodeText(Uint8Array.from([0x93, 0x80, 0x20, 0x35, 0x94, 0xe9]))).toBe("“€ 5”é");
});

test.each(Object.entries(SAMPLES).filter(([name]) => name !== "html"))("%s is no text", (_, bytes) => {
  expect(() => decodeText(bytes)).toThrow(
    expect.objectContaining({ reason: "unsupported", code: "not_text" }),
  );
});

test("an empty file says nothing", () => {
  expect(decodeText(new Uint8Array())).toBe("");
});

test("what is too long is cut, and says so", () => {
  const read = decodeText(Buffer.from("ñandú ".repeat(100_000)));
  expect(read.length).toBeLessThanOrEqual(MAX_READING);
  expect(read).toMatch(/^ñandú ñandú .* 【left out: [\d,]+ characters】 .*ñandú$/s);
});

test("a cut through a character of several bytes does not make the file another encoding", () => {
  for (const before of ["", "x"])
    expect(decodeText(Buffer.from(`${before}${"ñ".repeat(70_000)}`))).toMatch(
      /^x?ñ+ 【left out: [\d,]+ characters】 ñ+$/,
    );
});

test("any text comes back in UTF-8 and UTF-16, within bounds and as the database takes it", () => {
  const texts = fc
    .string({ unit: "grapheme", maxLength: 200 })
    .filter((text) => /^[^\p{Cc}\ufffe]*$/u.test(text));
  fc.assert(
    fc.property(texts, fc.constantFrom("utf8", "utf16le"), (text, encoding) => {
      expect(decodeText(Buffer.from(`\ufeff${text}`, encoding as BufferEncoding))).toBe(
        unmarked(text)
          .trim()
          .replace(/[^\S\n]+\n/g, "\n"),
      );
    }),
  );
});

test("any bytes are text within bounds, or refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      try {
        const text = decodeText(bytes);
        expect(text.isWellFormed() && !text.includes("\0")).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ reason: "unsupported" });
      }
    }),
  );
});
