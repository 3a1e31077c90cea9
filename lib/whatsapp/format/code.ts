/** A stretch of a text, as UTF-16 units. */
export interface Stretch {
  start: number;
  end: number;
}

interface Run extends Stretch {
  sign: string;
  length: number;
  /** Only white space before it, and after it, on its line. */
  begins: boolean;
  ends: boolean;
}

/** Code in Markdown, in order: fences, also one left open, and inline code, whose marks are part of it. Linear. */
export function codeStretches(text: string): Stretch[] {
  const runs = runsIn(text);
  const found: Stretch[] = [];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    if (!run) break;
    const fence = run.begins && run.length >= 3;
    const closer = fence ? fenceEnd(runs, at, run) : inlineEnd(text, runs, at, run);
    if (closer === null && !fence) continue;
    found.push({ start: run.start, end: closer === null ? text.length : (runs[closer]?.end ?? text.length) });
    at = closer ?? runs.length;
  }
  return found;
}

/** Runs of backticks, and of three or more tildes at the start of a line. */
function runsIn(text: string): Run[] {
  return Array.from(text.matchAll(/`+|(?<=^[ \t]{0,3})~{3,}/gm), ({ 0: signs, index }) => {
    const end = index + signs.length;
    const before = text.slice(Math.max(0, index - 16), index);
    return {
      ...{ start: index, end, sign: signs.charAt(0), length: signs.length },
      begins: /(?:^|\n)[ \t>]*$/.test(index <= 16 ? before : `.${before}`),
      ends: /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 16)),
    };
  });
}

/** The next run that ends its line: models also close a fence right behind the last word. */
function fenceEnd(runs: readonly Run[], at: number, { sign, length }: Run): number | null {
  for (let next = at + 1; next < runs.length; next++) {
    const run = runs[next];
    if (run && run.sign === sign && run.length >= length && run.ends) return next;
  }
  return null;
}

/** The next run of the same length in the same paragraph. */
function inlineEnd(
  text: string,
  runs: readonly Run[],
  at: number,
  { end, length, sign }: Run,
): number | null {
  let from = end;
  for (let next = at + 1; next < runs.length; next++) {
    const run = runs[next];
    if (!run || sign !== "`" || /\n[^\S\n]*\n/.test(text.slice(from, run.start))) return null;
    if (run.length === length && run.sign === sign) return next;
    from = run.start;
  }
  return null;
}

/** True when a position lies within one of these stretches, which are in order. */
export function isWithin(at: number, stretches: readonly Stretch[]): boolean {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return (stretches[low]?.start ?? Number.POSITIVE_INFINITY) <= at;
}
