/** A feed that cannot be used; holds nothing of it. */
export class FeedError extends Error {
  override readonly name = "FeedError";
  readonly code: "invalid_answer" | "too_large";
  constructor(code: FeedError["code"]) {
    super(`The calendar feed cannot be used: ${code}.`);
    this.code = code;
  }
}

/** Work that one feed may cost in all. */
export interface Steps {
  /** Throws FeedError when there is none left. */
  take(count: number): void;
}

/** A count of steps rather than a time: on some hosts the clock stands still while code runs. */
export function createSteps(most: number): Steps {
  let left = most;
  return {
    take(count) {
      left -= count;
      if (left < 0) throw new FeedError("too_large");
    },
  };
}
