import { defineConfig } from "vitest/config";

/** `npm run test:prometheus`: what ops/ asks of Prometheus, in a real one (Debian: `apt install prometheus`). */
export default defineConfig({
  test: {
    include: ["tests/prometheus/**/*.test.ts"],
    setupFiles: ["tests/support/clean-environment.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
