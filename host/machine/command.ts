import { createTeardown, type Teardown } from "./lifecycle.ts";
import { loadDotEnv } from "./settings.ts";
import { complain } from "./terminal.ts";

/** Runs a command with `.env` loaded: its number is the exit code, an error is printed and exits 1, and what it opened is closed. */
export async function runCommand(
  main: (teardown: Teardown, words: readonly string[]) => Promise<number>,
): Promise<void> {
  loadDotEnv();
  const teardown = createTeardown();
  try {
    process.exitCode = await main(teardown, process.argv.slice(2));
  } catch (error) {
    complain(error);
    process.exitCode = 1;
  } finally {
    await teardown.run();
  }
}
