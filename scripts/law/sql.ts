import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Violation } from "./imports.ts";

const FOLDER = new URL("../../db/functions/", import.meta.url).pathname;

/** Lines of one function, comments and blank lines not counted. */
const MOST_LINES = 80;

/** Every SQL function file: path from the project's root, and text. */
export function sqlFunctions(): { file: string; text: string }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sql"))
    .map((path) => ({ file: `db/functions/${path}`, text: readFileSync(join(FOLDER, path), "utf8") }));
}

/** Breaches of the law for SQL: a file holds the one function that it is named after, in at most 80 lines. */
export function sqlViolations(file: string, text: string): Violation[] {
  const code = text.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("--"));
  const created = [...text.matchAll(/^create .*\bfunction (\w+)/gm)].map(([, name]) => name);
  const rules = [
    code.length > MOST_LINES && `has ${code.length} lines of SQL, more than ${MOST_LINES}`,
    created.join() !== basename(file, ".sql") && `creates ${created.join(", ") || "no function"}`,
    !/^create or replace function /m.test(text) && "does not say create or replace function",
  ];
  return rules.filter((rule) => rule !== false).map((rule) => ({ file, line: 1, rule }));
}
