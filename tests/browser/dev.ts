import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A running `npm run dev`, as a stranger with a fresh clone has it. */
export interface DevServer {
  url: string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

const START_MS = 90_000;

// What a stranger's machine has; none of the developer's own settings or keys.
function strangersEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "LANG", "TMPDIR", "SystemRoot"];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("no port was given");
  return address.port;
}

function saysItRuns(child: ChildProcess): Promise<string> {
  let output = "";
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`npm run dev ${why}:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready after ${START_MS} ms`), START_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /running: (?<url>http:\S+)/.exec(output)?.groups?.url;
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => fail(`ended with ${code}`));
  });
}

/** Starts it with an empty data folder of its own, and waits until it says that it runs. */
export async function startDevServer(): Promise<DevServer> {
  const data = await mkdtemp(join(tmpdir(), "chasqui-browser-"));
  const port = String(await freePort());
  const child = spawn("npm", ["run", "dev"], {
    env: { ...strangersEnvironment(), PORT: port, CHASQUI_DATA_DIR: data },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that stopping reaches npm's children as a terminal's Ctrl-C does.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, "SIGINT");
    await ended;
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { url: await saysItRuns(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
