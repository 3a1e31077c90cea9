/** A line of a comparison. */
export interface DiffLine {
  kind: "same" | "gone" | "new";
  text: string;
}

const MOST_LINES = 300;

/** Lines of two texts side by side, by their longest common sequence; long texts as a whole. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [left, right] = [before, after].map((text) => (text === "" ? [] : text.split("\n"))) as [
    string[],
    string[],
  ];
  if (left.length > MOST_LINES || right.length > MOST_LINES)
    return [...left.map((text) => line("gone", text)), ...right.map((text) => line("new", text))];
  const lengths = commonLengths(left, right);
  const lines: DiffLine[] = [];
  let [at, to] = [0, 0];
  while (at < left.length || to < right.length) {
    const [gone, come] = [left[at], right[to]];
    if (gone !== undefined && gone === come) {
      lines.push(line("same", gone));
      at += 1;
      to += 1;
    } else if (
      gone !== undefined &&
      (come === undefined || (lengths[at + 1]?.[to] ?? 0) >= (lengths[at]?.[to + 1] ?? 0))
    ) {
      lines.push(line("gone", gone));
      at += 1;
    } else {
      lines.push(line("new", come ?? ""));
      to += 1;
    }
  }
  return lines;
}

const line = (kind: DiffLine["kind"], text: string): DiffLine => ({ kind, text });

/** Lengths of the longest common sequence from each pair of places on. */
function commonLengths(left: readonly string[], right: readonly string[]): number[][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let at = left.length - 1; at >= 0; at--)
    for (let to = right.length - 1; to >= 0; to--) {
      const [row, below] = [lengths[at], lengths[at + 1]];
      if (row && below)
        row[to] =
          left[at] === right[to] ? (below[to + 1] ?? 0) + 1 : Math.max(below[to] ?? 0, row[to + 1] ?? 0);
    }
  return lengths;
}
