import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalPhone, spellingsOf } from "../../lib/phone/spellings.ts";
import { runs, SEED } from "../support/seed.ts";

/** Lines by all their spellings, the canonical one first. */
const LINES: Record<string, string[]> = {
  "São Paulo, mobile": ["5511987654321", "551187654321"],
  "Belo Horizonte, mobile of before 2015": ["5531971234567", "553171234567"],
  "Salvador, mobile": ["5571988887777", "557188887777"],
  "Brazil, mobile that begins with 6": ["5585961234567", "558561234567"],
  "Mexico City": ["525512345678", "5215512345678"],
  "Mexico, other area": ["523331234567", "5213331234567"],
  "Buenos Aires": ["5491122334455", "541122334455", "54111522334455"],
  "Mar del Plata, area code of three digits": ["5492234123456", "542234123456", "54223154123456"],
  "Río Gallegos, area code of four digits": ["5492966123456", "542966123456", "54296615123456"],
  "Argentina, area code that begins as another": ["5492302123456", "542302123456", "54230215123456"],
  Benin: ["2290197123456", "22997123456"],
};

/** Phones with one spelling: nothing may be joined with them. */
const SINGLE = [
  "51987654321",
  "15551234567",
  "34612345678",
  // Landlines, and the mobile numbers whose digits behind the 9 look like one.
  "551132654321",
  "5511932654321",
  "553125554444",
  "5531925554444",
  "5511912345678",
  // No area of Brazil.
  "5520987654321",
  "552087654321",
  // Too short or too long for its country, or no number of it.
  "5511",
  "55118765432",
  "55119876543210",
  "521155123456",
  "52155123456789",
  "5491133445",
  "5411152233445566",
  "54915123456789",
  "5480012345678",
  "2290212345678",
  "22901234567",
  // Ivory Coast's new prefixes depend on the operator of then.
  "22507123456",
  "2250707123456",
  "0",
  "12345678901234567890",
];

describe("spellings of a phone", () => {
  test.each(Object.entries(LINES))("%s: each spelling brings all of them", (_, line) => {
    for (const phone of line) {
      const [first, ...others] = spellingsOf(phone);
      expect(first).toBe(phone);
      expect([phone, ...others].toSorted()).toEqual(line.toSorted());
      expect(canonicalPhone(phone)).toBe(line[0]);
    }
  });

  test.each(SINGLE)("%s has one", (phone) => {
    expect(spellingsOf(phone)).toEqual([phone]);
    expect(canonicalPhone(phone)).toBe(phone);
  });

  const digits = (from: number, to = from) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: from, maxLength: to }).map((all) => all.join(""));
  const behind = (prefixes: readonly string[], rest: fc.Arbitrary<string>) =>
    fc.tuple(fc.constantFrom(...prefixes), rest).map((pair) => pair.join(""));
  /** Phones of the countries with rules, most of them possible, and any other digits. */
  const phone = fc.oneof(
    behind(["55", "5511", "55119", "5531", "55319", "5520", "52", "521"], digits(7, 11)),
    behind(["54", "549", "5411", "54911", "541115", "54223", "5422315", "54296615", "54230"], digits(4, 11)),
    behind(["229", "22901", "225", "22507", "1", "51"], digits(6, 10)),
    digits(1, 20),
  );

  test("all spellings of any phone have one canonical spelling, which is its own, and bring one another", () => {
    const property = fc.property(phone, (given) => {
      const all = spellingsOf(given);
      const canonical = canonicalPhone(given);
      expect(canonicalPhone(canonical)).toBe(canonical);
      expect(all).toContain(canonical);
      expect(new Set(all).size).toBe(all.length);
      for (const spelling of all) {
        expect(spelling).toMatch(/^\d{1,20}$/);
        expect(canonicalPhone(spelling)).toBe(canonical);
        expect(spellingsOf(spelling).toSorted()).toEqual(all.toSorted());
      }
    });
    fc.assert(property, { numRuns: runs(900), seed: SEED });
  });

  /** The digits that make a line, without what may be left out of them. */
  const lineOf = (given: string): string =>
    [
      [/^55(\d\d)9?([6-9]\d{7})$/, "55 $1 $2"],
      [/^521?(\d{10})$/, "52 $1"],
      [/^549?(\d{10})$/, "54 $1"],
      [/^54(\d{2,4})15(\d{6,8})$/, "54 $1$2"],
      [/^229(?:01)?(\d{8})$/, "229 $1"],
    ].reduce((line, [pattern, parts]) => line.replace(pattern as RegExp, parts as string), given);

  test("two phones are never joined unless they differ by such a prefix alone", () => {
    const near = phone.chain((given) =>
      fc.tuple(fc.constant(given), fc.nat(given.length - 1), fc.integer({ min: 0, max: 9 })),
    );
    const property = fc.property(near, ([given, at, digit]) => {
      const other = `${given.slice(0, at)}${digit}${given.slice(at + 1)}`;
      for (const each of [
        other,
        given.slice(0, at) + given.slice(at + 1),
        `${given.slice(0, at)}${digit}${given.slice(at)}`,
      ])
        if (canonicalPhone(given) === canonicalPhone(each)) expect(lineOf(each)).toBe(lineOf(given));
    });
    fc.assert(property, { numRuns: runs(900), seed: SEED });
  });
});
