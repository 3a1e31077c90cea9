import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";

const PROJECT = join(import.meta.dirname, "..");
const START_LIMIT_MS = 60_000;

/** The bot in a process of its own, started as `npm start` does but without npm, so that signals reach it. */
export interface Bot {
  readonly url: string;
  readonly webhookUrl: string;
  /** Starts it unless it runs, with `changes` to its environment for this start. Resolves when it listens. */
  start(changes?: Record<string, string>): Promise<void>;
  /** Sends SIGKILL; resolves when the process has exited. */
  kill(): Promise<void>;
  /** Resolves when the process has exited, for whatever reason. */
  exited(): Promise<void>;
  /** Sends SIGSTOP: the process stops, its connections stay open. */
  freeze(): void;
  thaw(): void;
  running(): boolean;
  /** Number of log lines with this event since the first start. */
  logged(event: string): number;
  /** The last printed lines, for error reports. */
  lastOutput(): string;
}

const logLine = z.object({ event: z.string() });

/** A bot on `port` with this environment, not yet started. */
export function createBot(port: number, environment: Record<string, string>): Bot {
  const { PATH = "", HOME = "" } = process.env;
  const events = new Map<string, number>();
  const last: string[] = [];
  let child: ChildProcess | null = null;
  let killed = false;
  const read = (line: string) => {
    last.push(line);
    if (last.length > 6) last.shift();
    const event = logLine.safeParse(parsed(line)).data?.event;
    if (event !== undefined) events.set(event, (events.get(event) ?? 0) + 1);
  };
  const signal = (name: NodeJS.Signals) => child?.kill(name);
  const url = `http://127.0.0.1:${port}`;
  const bot: Bot = {
    url,
    webhookUrl: `${url}/api/whatsapp/webhook`,
    running: () => child !== null,
    async start(changes = {}) {
      if (child && !killed) return;
      await bot.exited();
      killed = false;
      const started = spawn(process.execPath, ["--import", "tsx", join(PROJECT, "host/start.ts")], {
        cwd: PROJECT,
        env: { PATH, HOME, ...environment, PORT: String(port), ...changes },
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = started;
      started.once("exit", () => {
        if (child === started) child = null;
      });
      await listening(started, read);
    },
    async kill() {
      killed = true;
      signal("SIGKILL");
      await bot.exited();
    },
    async exited() {
      if (child) await once(child, "exit");
    },
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    logged: (event) => events.get(event) ?? 0,
    lastOutput: () => last.join("\n"),
  };
  return bot;
}

/** Reads the process's output; resolves when it listens, rejects when it exits before. */
function listening(child: ChildProcess, read: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("the bot did not start")), START_LIMIT_MS);
    let errors = "";
    child.stderr?.on("data", (chunk) => {
      errors = (errors + chunk).slice(-2_000);
    });
    let rest = "";
    child.stdout?.on("data", (chunk) => {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.includes("listens on")) resolve();
        read(line);
      }
    });
    child.once("exit", (code, signal) => {
      clearTimeout(limit);
      reject(new Error(`the bot ended with ${code ?? signal}: ${errors}`));
    });
    child.stdout?.once("data", () => clearTimeout(limit));
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
