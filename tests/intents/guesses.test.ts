import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { adviceOf, driftOf, sumOf } from "../../lib/insight/guesses.ts";
import { wilson } from "../../lib/insight/wilson.ts";
import type { GuessCell } from "../../lib/types/turn/guesses.ts";
import { acceptedIn, addOwn, proposal } from "../../scripts/intents/learn.ts";
import { reportWords } from "../../scripts/intents/report.ts";

const cell = (over: Partial<GuessCell>): GuessCell => ({
  ...{ intent: "order_status", language: "es", turns: 400, sure: 200, compared: 189, agreed: 189 },
  ...{ likely: 300, likelyAgreed: 290, ...over },
});

describe("advice about deciding without the model", () => {
  it.each([
    [0, 189],
    [1, 280],
    [2, 361],
    [3, 437],
  ])("with %i disagreements it takes %i comparisons", (wrong, compared) => {
    expect(adviceOf({ compared, agreed: compared - wrong })).toMatchObject({ safe: true, missing: 0 });
    expect(adviceOf({ compared: compared - 1, agreed: compared - 1 - wrong })).toMatchObject({
      ...{ safe: false, missing: 1 },
    });
  });

  it("is never that it is safe where nothing was compared", () => {
    expect(adviceOf({ compared: 0, agreed: 0 })).toMatchObject({ safe: false, missing: 189 });
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe("drift", () => {
  const of = (likely: number, likelyAgreed: number) =>
    sumOf([cell({ ...{ compared: 0, agreed: 0 }, likely, likelyAgreed })]);

  it("is seen where the intervals do not touch", () => {
    expect(driftOf(of(1_000, 960), of(200, 160))).toEqual({ before: 0.96, now: 0.8, compared: 200 });
  });

  it("is seen among sure guesses, however few of them are compared", () => {
    const before = sumOf([cell({ compared: 600, agreed: 595, likely: 900, likelyAgreed: 850 })]);
    const now = sumOf([cell({ compared: 60, agreed: 50, likely: 360, likelyAgreed: 305 })]);
    expect(driftOf(before, now)).toEqual({ before: 595 / 600, now: 50 / 60, compared: 60 });
  });

  it("is not that fewer sure guesses are compared since they decide", () => {
    const before = sumOf([cell({ compared: 900, agreed: 890, likely: 1_200, likelyAgreed: 1_130 })]);
    const now = sumOf([cell({ compared: 10, agreed: 10, likely: 110, likelyAgreed: 90 })]);
    expect(driftOf(before, now)).toBeNull();
  });

  it.each([
    ["a better week", of(1_000, 900), of(200, 199)],
    ["a week that may be chance", of(1_000, 960), of(200, 188)],
    ["few guesses now", of(1_000, 960), of(49, 10)],
    ["few guesses before", of(49, 49), of(200, 100)],
  ])("is not seen in %s", (_, before, now) => {
    expect(driftOf(before, now)).toBeNull();
  });
});

describe("the report", () => {
  const report = (cells: GuessCell[]) =>
    reportWords({ company: "Tambo", days: 30, figures: { version: "abc", cells } });

  it("says how often guesses agreed, by intent and language, and that it is safe", () => {
    const text = report([
      cell({}),
      cell({ intent: null, language: "pt", turns: 100, sure: 0, compared: 0, agreed: 0 }),
    ]);
    expect(text).toMatch(/order_status +400 +200 \(50\.0 %\) +189 of 189 \(100\.0 %\) +98\.0 % to 100\.0 %/);
    expect(text).toMatch(/none +100 +0 \(0\.0 %\) +nothing to compare/);
    expect(text).toMatch(/INTENT_LOCAL=on is safe: 189 of 189 .* save 40\.0 % of these calls/);
  });

  it("says what is missing", () => {
    expect(report([cell({ compared: 100, agreed: 99 })])).toMatch(
      /not advised yet: 99 of 100 .* takes 180 more/,
    );
  });
});

describe("learning from messages", () => {
  const learnable = (text: string) => ({ text, intent: "order_status", language: "es" });

  it("proposes each once, without digits, and nothing that says who somebody is", () => {
    const { text, proposed } = proposal(
      [
        ...["y mi bulto 4411?", "y mi bulto 7722?", "soy Ana, y mi pedido?", "escríbeme a ana@mail.com"],
        ...["mi cel es 987 654 321", "mira www.tienda.pe", "Me llamo Luis"],
      ].map(learnable),
    );
    expect(proposed).toBe(1);
    expect(text.split("\n").filter((line) => !line.startsWith("#"))).toEqual([
      "es|order_status|y mi bulto 0000?",
      "",
    ]);
  });

  it("takes what a person left in the file, and adds it once", () => {
    const edited = `${proposal([learnable("y mi bulto?")]).text}\nen | contrast | my order came | thanks\n`;
    const phrases = acceptedIn(edited);
    expect(phrases).toEqual([
      { language: "es", topic: "order_status", text: "y mi bulto?" },
      { language: "en", topic: "contrast", text: "my order came|thanks" },
    ]);
    const folder = mkdtempSync(join(tmpdir(), "own-"));
    expect(addOwn(phrases, folder)).toBe(2);
    expect(addOwn(phrases, folder)).toBe(0);
    expect(readFileSync(join(folder, "es", "order_status.txt"), "utf8")).toBe("y mi bulto?\n");
  });

  it.each(["xx|order_status|secret", "es|no_intent|secret", "es|order_status|", "secret"])(
    "refuses %j by its number, and repeats nothing of it",
    (line) => {
      expect(() => acceptedIn(`# head\n${line}`)).toThrow(/^line 2: not language\|intent\|message$/);
    },
  );
});
