import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `npm run dev` in a fresh clone. */
export interface DevServer {
  url: string;
  /** Opens the console once, signed in as the demo owner. */
  ownerUrl: string;
  /** Stops it like Ctrl-C. */
  stop(): Promise<void>;
}

const START_MS = 90_000;

// Variables of a fresh machine: none of the developer's settings or keys.
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

function saysItRuns(child: ChildProcess): Promise<Pick<DevServer, "url" | "ownerUrl">> {
  let output = "";
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`npm run dev ${why}:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready after ${START_MS} ms`), START_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const { url, ownerUrl } =
        /running: (?<url>http:\S+)\s[\s\S]*? (?<ownerUrl>http:\S+sign-in#\S+)\s/.exec(output)?.groups ?? {};
      if (!url || !ownerUrl) return;
      clearTimeout(timer);
      resolve({ url, ownerUrl });
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => fail(`ended with ${code}`));
  });
}

/** Starts it with an empty data folder, and with `settings` in its environment, and waits until it is ready. */
export async function startDevServer(settings: Record<string, string> = {}): Promise<DevServer> {
  const data = await mkdtemp(join(tmpdir(), "chasqui-browser-"));
  const port = String(await freePort());
  const child = spawn("npm", ["run", "dev"], {
    env: { ...strangersEnvironment(), ...settings, PORT: port, CHASQUI_DATA_DIR: data },
    stdio: ["ignore", "pipe", "pipe"],
    // Its own process group, so that stopping reaches npm's children, like Ctrl-C in a terminal.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, "SIGINT");
    await ended;
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { ...(await saysItRuns(child)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
