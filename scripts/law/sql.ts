import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Violation } from "./imports.ts";

const FOLDER = new URL("../../db/functions/", import.meta.url).pathname;

/** Lines of one function, comments and blank lines not counted. */
const MAX_LINES = 80;

/** Statements that lock rows. */
const WRITES = /\b(update|insert into|delete from|for update|for key share)\b/;

/** A heading comment that says what is locked, or that the row is only changed in memory. */
const LOCKS = /^(?:--.*\n)*?--.*(?:\block|in memory)/i;

/** Every SQL function file: path from the project's root, and text. */
export function sqlFunctions(): { file: string; text: string }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sql"))
    .map((path) => ({ file: `db/functions/${path}`, text: readFileSync(join(FOLDER, path), "utf8") }));
}

/**
 * Breaches of the law for SQL: a file holds the one function that it is named after, under a comment that says its job and its locks, in
 * at most 80 lines; parameters are named `p_…`, results `o_…`, variables `v_…`.
 */
export function sqlViolations(file: string, text: string): Violation[] {
  const code = withoutComments(text);
  const lines = code.split("\n").filter((line) => line.trim() !== "");
  const created = [...text.matchAll(/^create .*\bfunction (\w+)/gm)].map(([, name]) => name);
  const rules = [
    lines.length > MAX_LINES && `has ${lines.length} lines of SQL, more than ${MAX_LINES}`,
    created.join() !== basename(file, ".sql") && `creates ${created.join(", ") || "no function"}`,
    !/^create or replace function /m.test(text) && "does not say create or replace function",
    !text.startsWith("-- ") && "does not begin with a comment that says its job",
    WRITES.test(code) && !LOCKS.test(text) && "does not say in its comment what it locks",
    ...namesIn(code).map(
      ({ prefix, name }) => !name.startsWith(prefix) && `names ${name} without the prefix ${prefix}`,
    ),
  ];
  return rules.filter((rule) => rule !== false).map((rule) => ({ file, line: 1, rule }));
}

/** One parameter, result or variable of a function, with its type. */
export interface SqlName {
  prefix: "p_" | "o_" | "v_";
  name: string;
  type: string;
}

/** Parameters, results and declared variables of a function whose comments are removed. */
export function namesIn(code: string): SqlName[] {
  const declared = /^declare\n(?<list>[\s\S]*?)^begin$/m.exec(code)?.groups?.list ?? "";
  const variables = declared
    .replace(/'[^']*'/g, "''")
    .split(";")
    .map((item) => /^\s*(\w+)\s+(\S+)/.exec(item))
    .flatMap((match): SqlName[] =>
      match ? [{ prefix: "v_", name: match[1] ?? "", type: match[2] ?? "" }] : [],
    );
  return [...parameters(code), ...variables];
}

function parameters(code: string): SqlName[] {
  const start = /\bfunction \w+\(/.exec(code);
  if (!start) return [];
  const list = code.slice(start.index + start[0].length, closingIndex(code, start.index + start[0].length));
  return list
    .split(/,(?![^(]*\))/)
    .map((item) => /^\s*(?:(out|inout|in|variadic)\s+)?(\w+)\s+(\S+)/.exec(item))
    .flatMap((match): SqlName[] =>
      match ? [{ prefix: match[1] === "out" ? "o_" : "p_", name: match[2] ?? "", type: match[3] ?? "" }] : [],
    );
}

function closingIndex(code: string, from: number): number {
  let depth = 1;
  for (let index = from; index < code.length; index++) {
    if (code[index] === "(") depth += 1;
    if (code[index] === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return code.length;
}

/** SQL without the lines that are comments, and without comments at the ends of lines. */
export const withoutComments = (sql: string): string =>
  sql.replace(/^\s*--.*\n/gm, "").replace(/\s+-- .*$/gm, "");
