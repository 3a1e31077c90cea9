import { expect, test } from "vitest";
import { SCENARIOS } from "../../chaos/scenarios/all.ts";
import { read } from "./pages.ts";

const page = read("docs/reliability.md");

test.each(SCENARIOS)("docs/reliability.md has row $row: $happens", ({ row, happens, holds }) => {
  const line = page.split("\n").find((text) => text.startsWith(`| ${row} | `)) ?? "";
  expect(line.split(" | ").slice(1, 3)).toEqual([happens, holds]);
});
