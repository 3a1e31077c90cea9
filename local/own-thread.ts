import { Worker } from "node:worker_threads";
import { errorResponse } from "../lib/http.ts";
import { readBody } from "../lib/webhook/body.ts";
import type { Handler } from "./handler.ts";
import type { ThreadAnswer, ThreadRequest } from "./thread-protocol.ts";

/** What Vercel takes as the body of a function's request. */
const MAX_BODY_BYTES = 4.5 * 1024 * 1024;

const said = (url: string) => JSON.stringify(url);
/** Whatever runs this process, the thread reads TypeScript as it is. */
const ENTRY = new URL(
  `data:text/javascript,${encodeURIComponent(
    `import { register } from ${said(import.meta.resolve("tsx/esm/api"))};` +
      `register(); await import(${said(new URL("./thread.ts", import.meta.url).href)});`,
  )}`,
);

interface Thread {
  worker: Worker;
  /** Once its endpoint is loaded; false when it could not be. */
  ready: Promise<boolean>;
  waiting: Map<number, (answer: ThreadAnswer | null) => void>;
}

/**
 * Answers with the endpoint of `file` from a thread of its own, as Vercel gives a Node function its own process: one that
 * takes longer than `limitMs` is ended, even in the middle of a calculation, and the next request gets a new thread.
 */
export function inOwnThread(file: string, limitMs: number): Handler {
  let thread: Thread | null = null;
  let count = 0;

  const end = (ended: Thread): void => {
    if (thread === ended) thread = null;
    for (const tell of ended.waiting.values()) tell(null);
    void ended.worker.terminate();
  };
  const ask = async (request: Omit<ThreadRequest, "id">): Promise<ThreadAnswer | null> => {
    thread ??= start(file, end);
    const asked = thread;
    const id = ++count;
    // Its time begins when it can be used, as on Vercel.
    if (!(await asked.ready)) return { id, failed: true };
    return new Promise((resolve) => {
      const timer = setTimeout(() => end(asked), limitMs);
      asked.waiting.set(id, (answer) => {
        clearTimeout(timer);
        asked.waiting.delete(id);
        resolve(answer);
      });
      asked.worker.postMessage({ ...request, id } satisfies ThreadRequest);
    });
  };

  return async (request) => {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === null) return errorResponse(413, "too_large", "The body is over 4.5 MB.");
    const { url, method } = request;
    const given = body.byteLength > 0 ? body : null;
    const answer = await ask({ url, method, headers: [...request.headers], body: given });
    if (answer === null) return errorResponse(504, "timeout", "It took too long and was ended.");
    if ("failed" in answer) throw new Error("the endpoint failed in its own thread");
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers });
  };
}

function start(file: string, end: (thread: Thread) => void): Thread {
  const worker = new Worker(ENTRY, { workerData: file });
  const ready = new Promise<boolean>((resolve) => {
    worker.once("message", () => resolve(true));
    worker.once("exit", () => resolve(false));
  });
  const thread: Thread = { worker, ready, waiting: new Map() };
  worker.on("message", (answer: ThreadAnswer | { ready: true }) => {
    if ("id" in answer) thread.waiting.get(answer.id)?.(answer);
  });
  worker.on("error", () => end(thread));
  worker.on("exit", () => end(thread));
  // An idle thread keeps no process alive; one that is asked has a request that does.
  worker.unref();
  return thread;
}
