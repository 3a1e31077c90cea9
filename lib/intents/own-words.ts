// A mark such as `[voice note]`, with brackets inside it that are ours as well.
const MARK = /\[(?:[^[\]]|\[[^[\]]*\])*\]/g;

/** What the customer said, without what `describeMessage` wrote around it: for guesses by words alone. */
export function ownWords(described: string): string {
  return described.replace(MARK, " ");
}
