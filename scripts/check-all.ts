import { spawn } from "node:child_process";

/** The programs of `npm run check`. The first two keep in `node_modules/.cache` what they know of unchanged files. */
const PROGRAMS = [
  "tsc --noEmit --checkers 1 --incremental --tsBuildInfoFile node_modules/.cache/check.tsbuildinfo",
  "knip --cache",
  "biome ci --error-on-warnings .",
  "tsx scripts/check-imports.ts",
];

/** Runs a command of npm's; resolves with its output and whether it found nothing wrong. */
function run(command: string): Promise<{ passed: boolean; output: string }> {
  return new Promise((resolve) => {
    const started = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [started.stdout, started.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
      });
    started.on("close", (code) => resolve({ passed: code === 0, output }));
  });
}

// On two cores they are done sooner side by side than one after the other.
const results = await Promise.all(PROGRAMS.map(run));
for (const [at, { passed, output }] of results.entries())
  console.log(`${passed ? "passed" : "FAILED"}: ${PROGRAMS[at]}\n${output}`.trimEnd());
if (!results.every(({ passed }) => passed)) process.exitCode = 1;
