import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { everyThird, SEED } from "../support/seed.ts";
import { BOUNDED } from "./bounded-modules.ts";
import type { Filler } from "./fillers.ts";
import { type Cost, outgrowsLength } from "./growth.ts";
import type { TextReader } from "./text-reader.ts";
import { TEXT_READERS } from "./text-readers.ts";

/** Processor milliseconds of a read: on a busy machine the clock says nothing. */
const timeOf =
  (read: TextReader["read"], fill: Filler["fill"]): Cost =>
  async (length) => {
    const text = fill(length);
    const started = process.cpuUsage();
    await read(text);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  };

describe(`each reader (SEED=${SEED})`, () =>
  test.each(everyThird(TEXT_READERS))(
    "$module: $what takes time in proportion to its length",
    async ({ read, lengths, fillers }) => {
      const slow: string[] = [];
      for (const { name, fill } of fillers) {
        for (const length of lengths) {
          if (await outgrowsLength(timeOf(read, fill), length)) slow.push(`${name} at ${length}`);
        }
      }
      expect(slow).toEqual([]);
    },
  ));

describe("the measure", () => {
  // Thousands of steps take about a millisecond.
  const steps = (count: number) => count / 1_000;

  test.each<[string, Cost]>([
    ["proportion", (length) => steps(length * 50)],
    ["a logarithm more", (length) => steps(length * Math.log2(length) * 5)],
    ["a sudden rise", (length) => steps(length * (length > 9_000 ? 50 : 5))],
    ["a bound", (length) => steps(Math.min(length, 2_048) ** 2)],
    ["too little to matter", (length) => steps(length ** 2 / 1_000_000)],
  ])("lets pass what grows with %s", async (_, cost) => {
    for (const length of [4_096, 16_384, 65_536]) expect(await outgrowsLength(cost, length)).toBe(false);
  });

  test.each<[string, Cost]>([
    ["the square", (length) => steps(length ** 2)],
    ["the square, and much in proportion", (length) => steps(length ** 2 / 10 + length * 500)],
    ["the square up to a bound", (length) => steps(Math.min(length, 16_384) ** 2)],
    ["the length times its root", (length) => steps(length ** 1.75)],
  ])("sees what grows with %s", async (_, cost) => {
    expect(await outgrowsLength(cost, 16_384)).toBe(true);
  });

  test("sees a quadratic pattern by the time that it takes", async () => {
    const read = (text: string) => /\s+$/.test(text);
    // A pattern is compiled, and then ten times as fast, when it has run before.
    for (let run = 0; run < 20; run++) read(spaces(1_000));
    expect(await outgrowsLength(timeOf(read, spaces), 16_384)).toBe(true);
  });
});

const spaces = (length: number) => `${" ".repeat(length)}x`;

function sources(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name}`),
  );
}

/** Parsing of a text by one module. */
const PATTERNS = /\.(replace|match|matchAll|test|exec|normalize|segment)\(/;

test("every module that takes texts apart is tried, or says why it need not be", () => {
  const tried = new Set([...TEXT_READERS.map(({ module }) => module), ...Object.keys(BOUNDED)]);
  const found = sources(["lib", "tools", "db"]).filter((file) => PATTERNS.test(readFileSync(file, "utf8")));
  expect(found.filter((file) => !tried.has(file))).toEqual([]);
});
