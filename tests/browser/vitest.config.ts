import { defineConfig } from "vitest/config";
import { compiledModules } from "../support/compiled-modules.ts";

/** `npm run test:browser`: the pages in a real Chromium, one test file at a time. */
export default defineConfig({
  plugins: [compiledModules()],
  test: {
    // The console's tests have a database server.
    globalSetup: ["tests/support/global-setup.ts", "tests/browser/console-pages.ts"],
    include: ["tests/browser/**/*.test.ts"],
    fileParallelism: false,
    // A page in two themes, three languages and two widths, on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
