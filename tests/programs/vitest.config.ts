import { defineConfig } from "vitest/config";
import { EACH_FILE } from "../../vitest.config.ts";
import { compiledModules } from "../support/compiled-modules.ts";

/** `npm run test:programs`: what takes processes of its own, a new embedded database, or a build. */
export default defineConfig({
  plugins: [compiledModules()],
  test: {
    ...EACH_FILE,
    globalSetup: ["tests/support/global-setup.ts"],
    include: ["tests/programs/**/*.test.ts"],
  },
});
