import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SEED } from "../support/seed.ts";
import { BOUNDED } from "./bounded-modules.ts";
import { TEXT_READERS } from "./text-readers.ts";

/** Times as long for eight times the length: as far from 8, which is fair, as from 64, which is quadratic. */
const MOST = 22;
/** Shorter times are not measured; a quadratic function takes far longer for 64 KB. */
const FLOOR_MS = 2;
const REPETITIONS = 20;
/** From here on a pause of the runtime's own is small beside it. */
const LONG_MS = 100;

type Read = (text: string) => unknown;

/** Milliseconds of processor time: on a busy machine a long run is interrupted, and a short one is not. */
async function timeOf(read: Read, text: string): Promise<number> {
  const started = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000;
}

/** Times as long that the long text takes, by the quickest of several runs of both; 0 under the floor. */
async function growth(read: Read, short: string, long: string): Promise<number> {
  let longMs = await timeOf(read, long);
  let shortMs = Number.POSITIVE_INFINITY;
  for (let run = 0; run < REPETITIONS && longMs >= FLOOR_MS; run++) {
    shortMs = Math.min(shortMs, await timeOf(read, short));
    // Fair, or beyond doubt: what is over so soon may have met the collection of somebody else's garbage each time so far.
    const enough = longMs > LONG_MS ? 2 : REPETITIONS / 2;
    if (longMs <= shortMs * MOST || (run >= enough && longMs > shortMs * MOST * 2)) break;
    longMs = Math.min(longMs, await timeOf(read, long));
  }
  return longMs < FLOOR_MS ? 0 : longMs / shortMs;
}

describe(`each reader (SEED=${SEED})`, () =>
  test.each(TEXT_READERS)(
    "$module: $what takes time in proportion to its length",
    async ({ read, lengths, fillers }) => {
      const slow: string[] = [];
      for (const { name, fill } of fillers) {
        for (const [short, long] of lengths) {
          const times = await growth(read, fill(short), fill(long));
          if (times > MOST) slow.push(`${name} at ${long}: ${Math.round(times)} times as long`);
        }
      }
      expect(slow).toEqual([]);
    },
  ));

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
