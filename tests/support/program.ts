import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
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
function withoutSettings(): string {
  emptyFolder ??= mkdtempSync(join(tmpdir(), "chasqui-program-"));
  return emptyFolder;
}
let emptyFolder: string | null = null;
process.once("exit", () => {
  if (emptyFolder) rmSync(emptyFolder, { recursive: true, force: true });
});

const compiledProgram = (file: string): string =>
  join(inject("compiled").folder, file.replace(/\.ts$/, ".mjs"));

/** Runs a program of the project in `folder` (an empty one), with `stdin` (nothing), with only these variables besides PATH and HOME. */
export function runProgram(
  file: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {},
  { folder, stdin }: { folder?: string; stdin?: string } = {},
): Program {
  const { PATH = "", HOME = "" } = process.env;
  const program = compiledProgram(file);
  // A short run: optimising PGlite, which is WebAssembly, takes longer than it saves.
  const child = spawn(process.execPath, ["--liftoff-only", program, ...args], {
    cwd: folder ?? withoutSettings(),
    env: { PATH, HOME, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(stdin);
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

/** Output of a command that has ended, and its exit code. */
export interface Ran {
  code: number | string | null;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end, in a process of its own. */
export async function runToEnd(...program: Parameters<typeof runProgram>): Promise<Ran> {
  const { ended, stdout, stderr } = runProgram(...program);
  return { code: await ended, stdout: stdout(), stderr: stderr() };
}

let runs = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * The same inside this process, for commands that print by `console` and leave `process.exitCode`: loading a process of its own
 * takes a second of processor time, so a test of many runs needs only one of those. Runs take turns.
 */
export function runHere(...[file, args = [], environment = {}]: Parameters<typeof runProgram>): Promise<Ran> {
  const ran = last.then(() => run(file, args, environment));
  last = ran.catch(() => {});
  return ran;
}

async function run(file: string, args: readonly string[], environment: Record<string, string>): Promise<Ran> {
  const { argv, env, exitCode } = process;
  const { log, error } = console;
  const folder = process.cwd();
  const { PATH = "", HOME = "" } = env;
  const said = { stdout: "", stderr: "" };
  const program = compiledProgram(file);
  process.argv = [process.execPath, program, ...args];
  process.env = { PATH, HOME, ...environment };
  process.exitCode = undefined;
  process.chdir(withoutSettings());
  console.log = (text: string) => {
    said.stdout += `${text}\n`;
  };
  console.error = (text: string) => {
    said.stderr += `${text}\n`;
  };
  try {
    // Another address each time, or the module would not run again.
    await import(`${pathToFileURL(program)}?run=${++runs}`);
    return { code: process.exitCode ?? 0, ...said };
  } finally {
    Object.assign(process, { argv, env, exitCode });
    process.chdir(folder);
    Object.assign(console, { log, error });
  }
}
