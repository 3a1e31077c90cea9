/**
 * Runs a server until its standard input closes, then ends the server and removes its folder: a test run that is
 * interrupted or killed leaves nothing behind. Arguments: folder, spawn options as JSON, program and its arguments.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

const [folder, options, program, ...args] = process.argv.slice(2);
const server = spawn(program, args, {
  ...JSON.parse(options),
  cwd: folder,
  stdio: ["ignore", "ignore", "inherit"],
});
// Fast shutdown: sessions are cut, nothing is waited for.
const stop = () => server.kill("SIGINT");
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
process.stdin.resume().once("close", stop);
server.once("exit", (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 1);
});
