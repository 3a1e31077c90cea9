import fc from "fast-check";
import { expect, test } from "vitest";
import { whole } from "../../lib/requests/clauses.ts";
import { DOUBTFUL, HINT, REQUEST, WORD } from "../../lib/requests/person/grammar.ts";
import { runs, SEED } from "../support/seed.ts";

/** Generators know no lookarounds; what they would have refused is sorted out below. */
const withoutLookarounds = (pattern: string): string =>
  pattern.replace(/\(\?<?[=!][^()]*(?:\([^()]*\)[^()]*)*\)/g, "");

test.each([...REQUEST, ...WORD, ...DOUBTFUL])(
  "what asks for a person has one of the hints: %s",
  (pattern) => {
    const matches = whole([pattern]);
    const clauses = fc
      .stringMatching(new RegExp(`^(?:${withoutLookarounds(pattern)})$`))
      .filter((clause) => matches.test(clause));
    fc.assert(
      fc.property(clauses, (clause) => {
        expect(clause).toMatch(HINT);
      }),
      { seed: SEED, numRuns: runs(40) },
    );
  },
);
