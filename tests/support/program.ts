import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";

/** A program of the project in a process of its own. */
export interface Program {
  /** Output so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when `pattern` stands on stdout. Throws, with all output, when the program ends first. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  kill(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): void;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string | null>;
}

/** A working directory without the developer's own `.env`. */
let emptyFolder: string | null = null;
process.once("exit", () => {
  if (emptyFolder) rmSync(emptyFolder, { recursive: true, force: true });
});

/** Runs a program of the project in `folder` (an empty one), with only these variables besides PATH and HOME. */
export function runProgram(
  file: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {},
  folder?: string,
): Program {
  const { PATH = "", HOME = "" } = process.env;
  emptyFolder ??= mkdtempSync(join(tmpdir(), "chasqui-program-"));
  const program = join(inject("compiled").folder, file.replace(/\.ts$/, ".mjs"));
  // A short run: optimising PGlite, which is WebAssembly, takes longer than it saves.
  const child = spawn(process.execPath, ["--liftoff-only", program, ...args], {
    cwd: folder ?? emptyFolder,
    env: { PATH, HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | string | null>((resolve) => {
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    kill: (signal) => child.kill(signal),
    printed(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = stdout.match(pattern);
          if (found) resolve(found);
        };
        child.stdout.on("data", look);
        look();
        ended.then((code) => reject(new Error(`ended with ${code}:\n${stdout}\n${stderr}`)));
      });
    },
  };
}
