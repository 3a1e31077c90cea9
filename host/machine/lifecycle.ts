import { complain } from "./terminal.ts";

/** Resources to close, the last opened first. */
export interface Teardown {
  add(close: () => unknown): void;
  /** Waits for a resource and adds its `close`. */
  open<T extends { close(): unknown }>(starting: Promise<T>): Promise<T>;
  /** Closes everything once; a resource that fails to close does not keep the others open. */
  run(): Promise<void>;
}

export function createTeardown(): Teardown {
  const closers: (() => unknown)[] = [];
  let running: Promise<void> | null = null;
  const closeAll = async (): Promise<void> => {
    for (let close = closers.pop(); close; close = closers.pop())
      await Promise.resolve().then(close).catch(complain);
  };
  return {
    add: (close) => closers.push(close),
    async open(starting) {
      const started = await starting;
      closers.push(started.close);
      return started;
    },
    run() {
      running ??= closeAll();
      return running;
    },
  };
}

/** A single Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const ONE_SIGNAL_MS = 300;

/**
 * Runs a program until SIGINT or SIGTERM, then closes its resources and exits 0; a second signal exits at once.
 * A failed start prints its message and exits 1.
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
    // A start that was interrupted fails because its resources were closed.
    if (stoppedMs !== null) return;
    complain(error);
    await teardown.run();
    process.exit(1);
  }
}
