/** Regular expressions of schemas: customers' words go through them. */

const MOST_CHARACTERS = 200;
/** Each one may try every length, so that two of them take quadratic time. */
const MOST_OPEN_REPEATS = 2;

/** Why a pattern is refused; null when it takes little time for any text. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > MOST_CHARACTERS) return `is longer than ${MOST_CHARACTERS} characters`;
  try {
    new RegExp(pattern, "u");
  } catch {
    return "is not a regular expression";
  }
  const bare = pattern.replace(/\\./g, "x").replace(/\[[^\]]*\]/g, "x");
  if (/\)\s*([*+]|\{\d*,)/.test(bare)) return "repeats a group: such a pattern can take very long";
  if (/\(\?/.test(bare.replace(/\(\?:/g, "("))) return "looks ahead or behind: write it without";
  const open = bare.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  return open > MOST_OPEN_REPEATS ? `has more than ${MOST_OPEN_REPEATS} of * and +` : null;
}
