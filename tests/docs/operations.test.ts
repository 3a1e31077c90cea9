import { expect, test } from "vitest";
import { COUNTERS } from "../../db/counters.ts";
import { filesOf, found, read } from "./pages.ts";

const page = read("docs/operations.md");
const code = [...filesOf("lib", /\.ts$/), ...filesOf("host", /\.ts$/)].map(read).join("\n");

/** `| error | `turn.dead` | …`: the events of the log, by the table's second column. */
const documented = found(page, /^\| (?:error|warn|info|debug)[^|]*\| ([^|]+) \|/gm).flatMap((events) =>
  found(events, /`([\w.]+)`/g),
);

test("lists every event of the log", () => {
  const logged = found(code, /\blog\b[^\n"]*\(\s*"([a-z]+\.[a-z_]+)"/g);
  expect(logged.length).toBeGreaterThan(15);
  expect(logged.filter((event) => !documented.includes(event))).toEqual([]);
});

test("lists no event that nothing logs", () => {
  const ofCrons = ["resume.failed", "health.failed", "purge.failed"];
  expect(documented.filter((event) => !ofCrons.includes(event) && !code.includes(`"${event}"`))).toEqual([]);
});

test("lists every counter", () => {
  const missing = Object.keys(COUNTERS).filter((name) => !page.includes(`\n| \`${name}\` |`));
  expect(missing).toEqual([]);
});
