import { expect, test } from "vitest";
import { dateWords } from "../../lib/language/acts.ts";

test.each([
  ["es", /^martes,? 1 de diciembre de 2026$/],
  ["en", /^Tuesday, December 1, 2026$/],
  ["pt", /^terça-feira, 1 de dezembro de 2026$/],
] as const)("a calendar date is read out in %s", (language, words) => {
  expect(dateWords("2026-12-01", language)).toMatch(words);
});

test.each(["2026-02-30", "2026-13-01", "2026-12-01T10:00", "26-12-01", "C-2026-12-01", "mañana", ""])(
  "%j is no calendar date",
  (text) => {
    expect(dateWords(text, "es")).toBeNull();
  },
);
