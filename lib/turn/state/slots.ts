/** Bounds how much runs in parallel; whoever waits gets the next free slot in the order of asking. */
export interface Slots {
  /** Runs `work` in a slot of its own. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Creates `count` slots. Callers that ask again for each piece of work take turns, so that a long list delays a short one by no more
 * than what is in progress. The waiting caller starts its own work, in its own request and trace.
 */
export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  const take = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const release = (): void => {
    const next = waiting.shift();
    // The slot goes from hand to hand: nobody who asks later can have it first.
    if (next) next();
    else free += 1;
  };
  return {
    async run(work) {
      await take();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
