import { expect, test } from "vitest";
import { filesOf, found, read } from "./pages.ts";

const FOLDERS = [
  ...["api", "lib", "tools", "db", "host", "fakes", "contracts"],
  ...["web/src", "scripts", "bench", "chaos"],
];
const page = read("docs/glossary.md");
const files = FOLDERS.flatMap((folder) => filesOf(folder, /\.(tsx?|sql)$/));
const words = new Set(files.flatMap((file) => read(file).match(/\w+/g) ?? []));

/** Names in backticks in one of the last columns of the glossary's tables. */
const namesIn = (column: RegExp): string[] =>
  found(page, column).flatMap((cell) => found(cell, /`(\w+)(?:\(\))?`/g));

test("names that the glossary gives are in the code", () => {
  const given = namesIn(/^\|[^|]*\|[^|]*\| ([^|]*) \|[^|]*\|$/gm);
  expect(given.length).toBeGreaterThan(40);
  expect(given.filter((name) => !words.has(name))).toEqual([]);
});

test("names that the glossary has retired are in no code", () => {
  const retired = namesIn(/^\|[^|]*\|[^|]*\|[^|]*\| ([^|]*) \|$/gm);
  expect(retired.length).toBeGreaterThan(5);
  expect(retired.filter((name) => words.has(name))).toEqual([]);
});
