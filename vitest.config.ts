import { defineConfig } from "vitest/config";

/** `npm test`: everything but the pages, on loopback, with none of the developer's own settings. */
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/browser/**"],
    globalSetup: ["tests/support/global-setup.ts"],
    setupFiles: ["tests/support/clean-environment.ts"],
    // Embedded databases take seconds to start when both cores are busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: { include: ["api/**", "lib/**", "tools/**", "db/**"] },
  },
});
