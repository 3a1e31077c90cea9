/** All that a command prints, so that no name, summary or error of others can move the cursor, clear or forge lines. */

/** Control characters, and those that turn the direction or end a line; a line break is left to the caller. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** Outside text for a place within a line: without line breaks, so that it cannot begin a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(UNSAFE, "").trim();
}

/** Outside text of several lines, all but the first indented by `columns`, so that none looks like one of ours. */
export function indented(text: string, columns: number): string {
  return text.split(/\r\n?|\n/).join(`\n${" ".repeat(columns)}`);
}

/** Prints text on stdout; tabs become spaces, everything else that is not to be seen is dropped. */
export function say(text: string): void {
  console.log(printable(text));
}

/** Prints a value as JSON on stdout, in which characters that a terminal would obey are escaped. */
export function sayJson(value: unknown): void {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  console.log(JSON.stringify(value, null, 2).replace(UNSAFE, escaped));
}

/** Prints an error's message on stderr, or the text itself. */
export function complain(problem: unknown): void {
  const text = problem instanceof Error ? problem.message : String(problem);
  console.error(printable(text));
}

function printable(text: string): string {
  return text.replaceAll("\t", "  ").replace(UNSAFE, "");
}
