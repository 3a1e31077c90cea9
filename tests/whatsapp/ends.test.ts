import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutEnds, keepEnds, leftOut, unmarkedKept } from "../../lib/language/ends.ts";
import { hasMark, mark, unmarked, withoutMarks } from "../../lib/language/marks.ts";
import { tokensAtMost } from "../../lib/turn/state/tokens.ts";
import { runs } from "../support/seed.ts";

const PIECES = [
  "palabra ",
  "ñ",
  "漢字",
  "👩‍👩‍👧",
  "e\u0301",
  "\n",
  "1,234.50 ",
  mark("order", "x".repeat(30)),
  "[a] ",
];
const texts = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "grapheme", maxLength: 5 })), {
  maxLength: 120,
});
const graphemes = (text: string) =>
  new Set(Array.from(new Intl.Segmenter("en").segment(text), ({ segment }) => segment));

describe("the ends of a text", () => {
  it.each([
    ["by length", ({ length }: string) => length],
    ["by tokens", tokensAtMost],
  ])("fit, begin and end as the text does, and leave no mark open: %s", (_, size) => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 100, max: 400 }), (parts, max) => {
        const text = parts.join("").toWellFormed();
        const kept = keepEnds(text, max, size);
        if (size(text) <= max) {
          expect(kept).toBe(text);
          return;
        }
        // One more where a run of letters is cut in two.
        expect(size(kept)).toBeLessThanOrEqual(max + 1);
        expect(kept.match(/[【】]/g)?.join("")).toMatch(/^(?:【】)+$/);
        const [beginning = "", end = ""] = kept.split(/…?】? 【left out: [^】]*characters[^】]*】 /);
        expect(text.startsWith(beginning)).toBe(true);
        expect(text.endsWith(end)).toBe(true);
        const whole = graphemes(text);
        for (const part of [beginning, end]) for (const one of graphemes(part)) expect(whole).toContain(one);
      }),
      { numRuns: runs(300) },
    );
  });

  it("stop between words and numbers", () => {
    const text = `${"El total es 1,234.50 soles. ".repeat(30)}¿Cuándo llega mi pedido 104277?`;
    for (let max = 100; max < 300; max += 7) {
      const kept = keepEnds(text, max);
      const words = new Set(text.split(/\s+/));
      for (const word of withoutMarks(kept).trim().split(/\s+/)) expect(words).toContain(word);
      expect(kept).toMatch(/104277\?$/);
    }
  });

  it("add up what was left out before", () => {
    const once = cutEnds({ beginning: "a ".repeat(500), end: "z ".repeat(500), between: 100_000 }, 1_000);
    expect(once).toMatch(/【left out: 101,\d{3} characters】/);
    const middle = `${"a ".repeat(300)}${leftOut("5 pages")}${" z".repeat(300)}`;
    expect(keepEnds(middle, 200)).toMatch(/【left out: 1,\d{3} characters and 5 pages】/);
    expect(keepEnds(once, 300)).toMatch(/【left out: 101,\d{3} characters】/);
  });

  it("keep a mark of theirs, and no other", () => {
    const text = `a ${leftOut("1,234 characters and 5 pages")} b`;
    expect(unmarkedKept(text)).toBe(text);
    expect(withoutMarks(unmarkedKept("【left out: 3 pages】】 【document: x】"), "")).toBe(") (document: x)");
    expect(hasMark(unmarkedKept(unmarked(text)))).toBe(false);
  });
});
