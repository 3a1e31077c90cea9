// A mark such as `[voice note]`; it may hold one more level of brackets.
const MARK = /\[(?:[^[\]]|\[[^[\]]*\])*\]/g;

/** Customer's words without the marks that `describeMessage` adds; for decisions by words alone. */
export function ownWords(described: string): string {
  return described.replace(MARK, " ");
}
