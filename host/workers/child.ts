/** Process that answers requests with the endpoint of one file, and kills itself above its memory limit. */
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { ChildAnswer, ChildMessage, ChildRequest } from "./child-protocol.ts";
import { loadHandler } from "./handler.ts";

const [file = "", growthBytes = "0"] = process.argv.slice(2);

// Ctrl-C reaches the whole group of processes: this one ends with its parent.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("disconnect", () => process.exit());

/**
 * Thread that watches the memory of the whole process (V8's limit does not count buffers) and its parent, since the main
 * thread may be busy. As text, because a worker does not load TypeScript.
 */
const WATCH = `
const { mostBytes, parent } = require("node:worker_threads").workerData;
setInterval(() => {
  if (process.memoryUsage.rss() > mostBytes || process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 5);`;

const handler = await loadHandler(pathToFileURL(file).href);

const idleBytes = process.memoryUsage.rss();
const workerData = { mostBytes: idleBytes + Number(growthBytes), parent: process.ppid };
new Worker(WATCH, { eval: true, execArgv: [], workerData }).unref();

async function answer({ url, body, ...init }: ChildRequest): Promise<ChildAnswer> {
  try {
    const request = new Request(url, { ...init, ...(body ? { body: new Uint8Array(body) } : {}) });
    // Background work is started, but not waited for here.
    const response = await handler(request, { waitUntil: () => {} });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: [...response.headers], body: bytes };
  } catch {
    return { failed: true };
  }
}

const say = (message: ChildMessage): void => void process.send?.(message);

process.on("message", async (request: ChildRequest) => {
  const given = await answer(request);
  say({ answer: given, worn: process.memoryUsage.rss() - idleBytes > Number(growthBytes) / 2 });
});
say({ ready: true });
