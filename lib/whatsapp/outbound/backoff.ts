/** Meta's pair rate (too many messages to one person) wants 4^n seconds between tries. */
const PAIR_RATE = 131_056;
const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** The longest pause before try `attempt + 1`: doubling from half a second, or Meta's own 4^n s for the pair rate. */
export function backoffCeilingMs(attempt: number, code: number | null): number {
  const ms = code === PAIR_RATE ? 1_000 * 4 ** (attempt - 1) : FIRST_MS * 2 ** (attempt - 1);
  return Math.min(ms, LONGEST_MS);
}
