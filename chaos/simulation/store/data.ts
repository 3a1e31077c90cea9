/** A value that PostgreSQL would not take. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly code: string;
  constructor(code: string) {
    super(`the store refused a value: ${code}`);
    this.code = code;
  }
}

const MAX_INTEGER = 2 ** 31 - 1;

/** Throws what PostgreSQL says to a NUL or half a character in JSON: 22P05, 22P02. */
export function assertStorable(value: unknown): void {
  if (typeof value === "string") {
    if (value.includes("\0")) throw new RefusedError("22P05");
    if (!value.isWellFormed()) throw new RefusedError("22P02");
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      assertStorable(key);
      assertStorable(item);
    }
  }
}

/** Throws unless each fits a column of type integer: 22P02, 22003. */
export function assertIntegers(values: readonly (number | null)[]): void {
  for (const value of values) {
    if (value === null) continue;
    if (!Number.isInteger(value)) throw new RefusedError("22P02");
    if (Math.abs(value) > MAX_INTEGER) throw new RefusedError("22003");
  }
}
