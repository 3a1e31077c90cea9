import fc from "fast-check";

/** Marks JSON text that no JavaScript value is written as: a number beyond all numbers, nesting that would end a stack. */
export const RAW = "@raw:";
const raw = (json: string): string => `${RAW}${json}`;

/** JSON in which what is marked so stands as it is. */
export const hostileJson = (value: unknown): string =>
  (JSON.stringify(value) ?? "null").replace(/"@raw:([^"]*)"/g, "$1");

/** Values that have done harm behind one door or another. */
export const NAMED: Readonly<Record<string, unknown>> = {
  NUL: "a\0b",
  "half a surrogate pair": "\ud83d",
  "the other half": "x\udc00y",
  "2^31": 2 ** 31,
  "2^53": 2 ** 53,
  "5e9": 5e9,
  "5e9 as text": "5000000000",
  "12.5": 12.5,
  "-1": -1,
  "1e308": 1e308,
  "1e-137": 1e-137,
  "a number beyond all": raw("1e999"),
  "the word NaN": "NaN",
  "a million characters": "x".repeat(1_000_000),
  "100,000 lists in each other": raw("[".repeat(100_000) + "]".repeat(100_000)),
  "a terminal's escape": "\u001b[2J\u009b1A",
  nothing: null,
  "an empty object": {},
  "a list of nothing": [null],
};

/** One of them, or anything else that JSON can say. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Object.keys(NAMED)).map((name) => NAMED[name]) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);

/** A value in few words, for the name of a failure. */
export function inWords(value: unknown): string {
  const name = Object.entries(NAMED).find(([, known]) => known === value)?.[0];
  return name ?? JSON.stringify(value).slice(0, 200);
}
