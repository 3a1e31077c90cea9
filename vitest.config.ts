import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** `npm test`: everything but the pages, on loopback, with none of the developer's own settings. */
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/browser/**"],
    globalSetup: ["tests/support/global-setup.ts"],
    setupFiles: ["tests/support/clean-environment.ts"],
    // Half of the time is waiting: even two cores keep two workers busy.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Embedded databases take seconds to start when both cores are busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { include: ["api/**", "lib/**", "tools/**", "db/**"] },
  },
});
