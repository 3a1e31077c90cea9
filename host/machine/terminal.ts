/** Output of commands: text from outside cannot move the cursor, clear the screen or forge lines. */
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";

/** Control characters, and those that change the writing direction or end a line, except the line break. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Text from outside for use within a line: without line breaks, so that it cannot start a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(UNSAFE, "").trim();
}

/** Text from outside of several lines; all but the first are indented by `columns`, so that none looks like ours. */
export function indented(text: string, columns: number): string {
  return text.split(/\r\n?|\n/).join(`\n${" ".repeat(columns)}`);
}

/** Prints text on stdout; tabs become spaces and other control characters are dropped. */
export function say(text: string): void {
  console.log(printable(text));
}

/** Prints a value as JSON on stdout, with control characters escaped. */
export function sayJson(value: unknown): void {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  console.log(JSON.stringify(value, null, 2).replace(UNSAFE, escaped));
}

/** Prints a line on stdout for a program to read; resolves when there is room for more. */
export async function sayLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}

/** Prints an error's message, or a text, on stderr. */
export function complain(problem: unknown): void {
  const text = problem instanceof Error ? problem.message : String(problem);
  console.error(printable(text));
}

function printable(text: string): string {
  return text.replaceAll("\t", "  ").replace(UNSAFE, "");
}

/** All of stdin; from a terminal, a line that is typed without being shown. Throws an error when none is. */
export async function readHidden(prompt: string): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) return text(stdin);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: unseen, terminal: true });
  process.stderr.write(prompt);
  try {
    const closed = once(lines, "close").then(() => null);
    const line = await Promise.race([once(lines, "line"), closed]);
    if (line === null) throw new Error("nothing was typed");
    return String(line[0]);
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}
