// A mark such as `[voice note]`, with marks inside it, and a note such as `(could not be opened)` behind it.
const MARK = /\[(?:[^[\]]|\[[^[\]]*\])*\](?:[ \t]*\([^()\n]*\))?/g;

/** What the customer said, without what `describeMessage` wrote around it: for guesses by words alone. */
export function ownWords(described: string): string {
  return described.replace(MARK, " ");
}
