/** Runs in a thread of its own: answers requests with the endpoint of one file. */
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { loadHandler } from "./handler.ts";
import type { ThreadAnswer, ThreadRequest } from "./thread-protocol.ts";

const handler = await loadHandler(pathToFileURL(String(workerData)).href);

async function answer({ id, url, body, ...init }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    const request = new Request(url, { ...init, ...(body ? { body: new Uint8Array(body) } : {}) });
    // What an endpoint leaves for later is begun all the same; nobody here waits for it.
    const response = await handler(request, { waitUntil: () => {} });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { id, status: response.status, headers: [...response.headers], body: bytes };
  } catch {
    return { id, failed: true };
  }
}

parentPort?.on("message", async (request: ThreadRequest) => parentPort?.postMessage(await answer(request)));
parentPort?.postMessage({ ready: true });
