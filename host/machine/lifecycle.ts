/** Things to be closed, the last opened first. */
export interface Teardown {
  add(close: () => unknown): void;
  /** Closes everything once; a failure to close one thing does not keep the others open. */
  run(): Promise<void>;
}

export function createTeardown(): Teardown {
  const closers: (() => unknown)[] = [];
  let running: Promise<void> | null = null;
  const closeAll = async (): Promise<void> => {
    for (let close = closers.pop(); close; close = closers.pop())
      await Promise.resolve()
        .then(close)
        .catch((error) => console.error(error instanceof Error ? error.message : "could not close"));
  };
  return {
    add: (close) => closers.push(close),
    run() {
      running ??= closeAll();
      return running;
    },
  };
}

/** One Ctrl-C can come twice: from the terminal, and handed on by npm. */
const ONE_SIGNAL_MS = 300;

/**
 * Runs a program until SIGINT or SIGTERM, then closes what it opened and exits 0; a second signal exits at once.
 * A start that fails says why in its message and exits 1.
 */
export async function runUntilSignal(start: (teardown: Teardown) => Promise<void>): Promise<void> {
  const teardown = createTeardown();
  let stoppedMs: number | null = null;
  const stop = (signal: "SIGINT" | "SIGTERM"): void => {
    if (stoppedMs !== null) {
      const again = performance.now() - stoppedMs > ONE_SIGNAL_MS;
      if (again) process.exit(signal === "SIGINT" ? 130 : 143);
      return;
    }
    stoppedMs = performance.now();
    teardown.run().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    await start(teardown);
  } catch (error) {
    // Closing what was half open makes the start fail: that is not news.
    if (stoppedMs !== null) return;
    console.error(error instanceof Error ? error.message : error);
    await teardown.run();
    process.exit(1);
  }
}
