import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { type CacheEngine, serverCache } from "../host/stores/cache-engine.ts";
import { startEmbeddedCache } from "../host/stores/embedded-cache.ts";
import { freePort } from "./free-port.ts";

/** The cache behind the bot's endpoint, and the ways to break it. */
export interface Cache {
  engine: CacheEngine;
  /** Name for the report. */
  kind: string;
  /** Null for the embedded cache, whose endpoint fails instead. */
  process: { freeze(): void; thaw(): void; kill(): Promise<void>; start(): Promise<void> } | null;
  close(): Promise<void>;
}

/** Starts a Redis server, or the embedded cache where Redis is not installed. */
export async function startCache(): Promise<Cache> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "chasqui-redis-"));
  const server = redisProcess(port, folder);
  try {
    await server.start();
  } catch {
    rmSync(folder, { recursive: true, force: true });
    const engine = await startEmbeddedCache(null);
    return { engine, kind: "the embedded cache (no redis-server here)", process: null, close: engine.close };
  }
  const retryStrategy = () => 50;
  const engine = serverCache(new Redis({ port, host: "127.0.0.1", maxRetriesPerRequest: 1, retryStrategy }));
  return {
    engine,
    kind: "Redis",
    process: server,
    async close() {
      await engine.close();
      server.thaw();
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function redisProcess(port: number, folder: string): NonNullable<Cache["process"]> {
  let child: ChildProcess | null = null;
  return {
    freeze: () => child?.kill("SIGSTOP"),
    thaw: () => child?.kill("SIGCONT"),
    async kill() {
      const ended = child && once(child, "exit");
      child?.kill("SIGKILL");
      await ended;
      child = null;
    },
    start() {
      const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
      const started = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"] });
      child = started;
      return new Promise((resolve, reject) => {
        started.once("error", reject);
        started.once("exit", () => reject(new Error("redis-server ended")));
        started.stdout.on("data", (chunk) => {
          if (String(chunk).includes("Ready to accept")) resolve();
        });
      });
    },
  };
}
