/** Runs in a process of its own: answers requests with the endpoint of one file, and ends itself over its memory limit. */
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
 * A thread that looks at all memory of the process (V8's own limit does not count buffers) and for its parent, since the
 * main thread may be in the middle of a calculation. As text: a worker would not read TypeScript.
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
    // What an endpoint leaves for later is begun all the same; nobody here waits for it.
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
