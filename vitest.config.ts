import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { compiledModules } from "./tests/support/compiled-modules.ts";

/** Suites that leave nothing behind in their process, so that one process runs many of them. */
const LEAVES_NOTHING = [
  "tests/{clean,dialects,docs,edge,env,health,hours,intents,knowledge,law,media,model,models,notify,phone}/**/*.test.ts",
  "tests/{exports,metrics,requests,tools,web,webhook,whatsapp}/**/*.test.ts",
  "tests/{cache,company,counters,dead,retention,store}/**/*.test.ts",
  "tests/{console,golden,hostile,http,numbers,ratings,simulation,stores}/**/*.test.ts",
  // The others register a tracer.
  "tests/platform/!(world).test.ts",
  "tests/turn/!(telemetry).test.ts",
];

/** For every project of tests, which inherits nothing from the others. */
export const EACH_FILE = {
  setupFiles: ["tests/support/clean-environment.ts"],
  // PGlite is WebAssembly: a test file is over before optimised code of it would pay.
  // Worlds leave much garbage and keep little: a young generation of `npm start`'s size is cleared less often.
  execArgv: ["--liftoff-only", "--max-semi-space-size=32"],
  // Embedded databases take seconds to start when both cores are busy.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/** `npm test`: everything but the pages and whole programs, on loopback, with none of the developer's own settings. */
export default defineConfig({
  test: {
    // Once for all projects, which inherit nothing else.
    globalSetup: ["tests/support/global-setup.ts"],
    // A good part of the time is waiting: two cores keep three workers busy.
    maxWorkers: availableParallelism() + 1,
    coverage: { include: ["api/**", "lib/**", "tools/**", "db/**"] },
    projects: [
      {
        plugins: [compiledModules()],
        test: {
          ...EACH_FILE,
          name: "apart",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/{browser,programs,prometheus}/**", ...LEAVES_NOTHING],
        },
      },
      {
        plugins: [compiledModules()],
        test: { ...EACH_FILE, name: "together", include: LEAVES_NOTHING, isolate: false },
      },
    ],
  },
});
