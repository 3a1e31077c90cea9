import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toWhatsApp } from "../../lib/whatsapp/format/format.ts";
import { formatSpans } from "../../lib/whatsapp/format/spans.ts";
import { MAX_TEXT_MESSAGE, splitText } from "../../lib/whatsapp/format/split.ts";
import { runs } from "../support/seed.ts";
import { unpaired, wellFormed } from "./markdown.ts";

const solid = (text: string) => text.replace(/\s+/g, "");
const fences = (text: string) => text.split("```").length - 1;
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const clusters = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Text as a bot writes it: words, emoji, marks, lists, paragraphs and code. */
const word = fc.constantFrom(
  "hola",
  "envío",
  "S/ 30.",
  "¿listo?",
  "niño",
  "👩‍👩‍👧‍👦",
  "🇵🇪",
  "https://a.pe/x_y",
  "你好。",
  "*oferta hoy*",
  "_muy pronto_",
);
const line = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(" "));
const fence = fc
  .array(line, { minLength: 1, maxLength: 12 })
  .map((lines) => `\`\`\`\n${lines.map((each) => `  ${each.replace(/[*_`]/g, "")}`).join("\n")}\n\`\`\``);
const reply = fc
  .array(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: fence }), {
    minLength: 1,
    maxLength: 30,
  })
  .chain((blocks) => fc.constantFrom("\n", "\n\n").map((gap) => blocks.join(gap)));

describe("splitText", () => {
  it("leaves a text that fits alone and gives nothing for white space", () => {
    expect(splitText("hola\n  mundo")).toEqual(["hola\n  mundo"]);
    expect(splitText("x".repeat(MAX_TEXT_MESSAGE))).toHaveLength(1);
    expect(splitText(" \n ")).toEqual([]);
    expect(splitText("")).toEqual([]);
  });

  it.each([
    [
      "a paragraph over a line",
      `${"a ".repeat(30)}\n\n${"b ".repeat(10)}\nc c c c c c c c c c c c c`,
      "\n\n",
    ],
    ["a line over a sentence", `${"a ".repeat(30)}\n${"b ".repeat(8)}. c c c c c c c c c c c c`, "\n"],
    ["a sentence over a word", `${"a ".repeat(30)}a. ${"b ".repeat(40)}`, ". "],
  ])("prefers %s", (_, text, boundary) => {
    const [first] = splitText(text, 100);
    expect(first).toBe(text.slice(0, text.indexOf(boundary) + (boundary === ". " ? 1 : 0)).trimEnd());
  });

  it("does not leave a part nearly empty for the sake of a paragraph", () => {
    const [first] = splitText(`Hola.\n\n${"palabra ".repeat(40)}`, 200);
    expect(first?.length).toBeGreaterThan(100);
  });

  it("fills a part with code that fits no part, rather than leave it to the next", () => {
    const [first] = splitText(`Mira esto:\n\n\`\`\`\n${"x = 1;\n".repeat(40)}\`\`\``, 120);
    expect(first?.length).toBeGreaterThan(80);
  });

  it("takes the later of two poor places", () => {
    const whole = `*${"negrita ".repeat(9).trim()}*`;
    const [first] = splitText(`Ya.\n\n${"a ".repeat(18).trim()} ${whole} fin`, 100);
    expect(first).toBe(`Ya.\n\n${"a ".repeat(18).trim()}`);
  });

  it("closes a code fence at the cut and opens it again, indentation kept", () => {
    const code = Array.from({ length: 30 }, (_, index) => `  line(${index});`).join("\n");
    const parts = splitText(`Mira:\n\`\`\`\n${code}\n\`\`\`\nListo.`, 120);
    for (const part of parts) expect(fences(part) % 2).toBe(0);
    expect(parts[1]).toMatch(/^```\n {2}line\(/);
    expect(parts.at(-1)).toMatch(/\n```\nListo\.$/);
  });

  it("never cuts through a mark, which would leave code of nothing", () => {
    const parts = splitText(`\`\`\`\n${"x".repeat(200)}\n\`\`\``, 100);
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(part).toMatch(/^```\nx+\n```$/);
  });

  it("moves a code fence that fits one part into one part", () => {
    const fenced = `\`\`\`\n${"x = 1;\n".repeat(10)}\`\`\``;
    expect(splitText(`${"Texto. ".repeat(8)}\n\n${fenced}`, 100)).toContain(fenced);
  });

  it("closes a fence that the source left open", () => {
    const parts = splitText(`\`\`\`\n${"código\n".repeat(40)}`, 100);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(fences(part) % 2).toBe(0);
  });

  it("keeps bold text together when a part can hold it", () => {
    const bold = "*una frase en negrita bastante larga*";
    for (let before = 1; before < 25; before++) {
      expect(
        splitText(`${"ab ".repeat(before)}${bold} fin ${"cd ".repeat(20)}`, 60).some((part) =>
          part.includes(bold),
        ),
      ).toBe(true);
    }
  });

  it("closes bold text that no part can hold and opens it again", () => {
    const parts = splitText(`*${"palabra ".repeat(40).trim()}*`, 100);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(part).toMatch(/^\*palabra.*palabra\*$/);
  });

  it("goes on quoting after a cut in a quote, but not in code that looks like one", () => {
    const quote = `> ${"palabra ".repeat(20)}*${"fuerte ".repeat(20).trim()}*`;
    const parts = splitText(`${quote}\nfin`, 100);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts.slice(0, -1)) expect(part).toMatch(/^> \*?\w/);
    expect(parts.join(" ").replace(/[>*]/g, "").split(/\s+/).filter(Boolean)).toEqual(
      `${quote} fin`.replace(/[>*]/g, "").split(/\s+/).filter(Boolean),
    );
    const prompt = `> ${"x ".repeat(80).trim()}`;
    const code = splitText(`\`\`\`\n${prompt}\n\`\`\``, 100);
    expect(code.join("").split(">")).toHaveLength(2);
  });

  it("cuts a word of 20,000 characters and a character longer than the limit", () => {
    const long = splitText("x".repeat(20_000));
    expect(long.map((part) => part.length)).toEqual([4096, 4096, 4096, 4096, 3616]);
    const zalgo = `a${"\u0301".repeat(9_000)}`;
    expect(splitText(zalgo).join("")).toBe(zalgo);
    const family = `👩${"\u200d👩".repeat(3_000)}`;
    for (const part of splitText(family)) expect(part.isWellFormed()).toBe(true);
    const flags = "🇵🇪".repeat(3_000);
    for (const part of splitText(flags)) expect(part.length % 4).toBe(0);
    expect(splitText("👍👍👍", 1)).toEqual(["👍", "👍", "👍"]);
  });

  it("cuts text that has no spaces between words where a word ends", () => {
    const parts = splitText("我们提供手工制作的羊驼毛毯".repeat(10), 40);
    expect(parts.join("")).toBe("我们提供手工制作的羊驼毛毯".repeat(10));
    for (const part of parts.slice(0, -1)) expect(part.length).toBeGreaterThan(20);
  });

  it("loses nothing, exceeds nothing and leaves nothing open, whatever a bot writes", () => {
    fc.assert(
      fc.property(reply, fc.integer({ min: 60, max: 400 }), (text, limit) => {
        const parts = splitText(text, limit);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe("");
          expect(fences(part) % 2).toBe(0);
        }
        const marks = /```/g;
        expect(solid(parts.join("")).replace(marks, "")).toBe(solid(text).replace(marks, ""));
        const whole = new Set([...clusters(text), "\n"]);
        expect(parts.flatMap(clusters).filter((cluster) => !whole.has(cluster))).toEqual([]);
        expect(text.split(/\s+/).filter((each) => !parts.some((part) => part.includes(each)))).toEqual([]);
        for (const span of formatSpans(text)) {
          if (span.end - span.start > limit) continue;
          expect(parts.some((part) => part.includes(text.slice(span.start, span.end)))).toBe(true);
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it("leaves every mark of a formatted reply paired in its part, and every word and address whole", () => {
    fc.assert(
      fc.property(wellFormed, fc.integer({ min: 80, max: 300 }), (markdown, limit) => {
        const text = toWhatsApp(markdown);
        const parts = splitText(text, limit);
        const content = (words: string) => words.replace(/[\s>*_~`]/g, "");
        expect(content(parts.join(""))).toBe(content(text));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(unpaired(part)).toEqual([]);
        }
        const addresses = /https:\/\/a\.pe\/u1/g;
        expect(parts.flatMap((part) => part.match(addresses) ?? [])).toEqual(text.match(addresses) ?? []);
      }),
      { numRuns: runs(300) },
    );
  });

  it("ends, within the limit, on any string", () => {
    const odd = fc.string({
      unit: fc.constantFrom("*", "_", "~", "`", "```", " ", "\n", "a", "👍", "\u0301", "\u200d", "\ud800"),
      maxLength: 300,
    });
    fc.assert(
      fc.property(odd, fc.integer({ min: 2, max: 80 }), (text, limit) => {
        for (const part of splitText(text, limit)) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe("");
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
