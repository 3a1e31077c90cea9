/** The words of one language that a stop request is made of; each list holds sources of regular expressions over spelt-out clauses. */
export interface Grammar {
  /** Things said before a request that do not change it, and ways to ask for something. */
  before: readonly string[];
  /** Things said behind it. */
  behind: readonly string[];
  /** Whole clauses that are a stop request. */
  stop: readonly string[];
  /** Words that are one alone, but may also be an answer. */
  word: readonly string[];
  /** Clauses after which it is better to ask. */
  doubtful: readonly string[];
  /** Explanations that go with a stop request: a wrong number, no interest, a complaint. */
  reason: readonly string[];
  /** Signs that the words are not a request of the customer's now: reported, conditional, by mistake, or with an alternative. */
  against: readonly string[];
}

/** Patterns as they are written down: one a line, or with semicolons between. */
export const phrases = (written: string): string[] => written.split(/\s*[;\n]\s*/).filter(Boolean);
/** One of these. */
export const any = (written: string): string => `(?:${phrases(written).join("|")})`;
/** The same, or nothing; with the space behind it. */
export const maybe = (written: string): string => `(?:${any(written)} )?`;
/** The same, or nothing; with the space before it. */
export const andThen = (written: string): string => `(?: ${any(written)})?`;
