import { AsyncLocalStorage } from "node:async_hooks";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createHandler, EdgeRuntime } from "edge-runtime";
import { bundleEdge, EDGE_NODE_MODULES, type EdgeBundle } from "./bundle.ts";

type Work = Promise<unknown> | (() => Promise<unknown>);

/** One endpoint served from Vercel's edge VM on loopback, with `eval` off. */
export interface EdgeServer {
  url: string;
  bundle: EdgeBundle;
  /** Milliseconds from the function's text to its exports: the cold start of the code itself. */
  evaluationMs: number;
  /** Resolves when all work given to `waitUntil` is done; throws what it, or a handler, threw. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Bundles `entry` and serves it on a free port, with `env` as its whole environment. */
export async function serveEdge(
  entry: string,
  options: { env?: Record<string, string> } = {},
): Promise<EdgeServer> {
  const bundle = await bundleEdge(entry);
  const background = createBackground();
  const { runtime, evaluationMs } = evaluate(bundle.code, options.env ?? {}, background);
  const { handler } = createHandler({ runtime });
  const server = createServer((request, response) => {
    // A client that disconnects rejects the handler; the server goes on.
    handler(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bundle,
    evaluationMs,
    drain: background.drain,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Evaluates a bundle in a fresh VM, as a cold start does. */
export function evaluate(code: string, env: Record<string, string>, background = createBackground()) {
  const startedAt = performance.now();
  const runtime = new EdgeRuntime({
    codeGeneration: { strings: false, wasm: false },
    extend: (context) =>
      Object.assign(context, nodeModules(), {
        module: { exports: {} },
        exports: {},
        process: { env },
        __handle: background.handle,
        __failed: background.failed,
        [Symbol.for("@vercel/request-context")]: background.provider,
      }),
    initialCode: `(()=>{${code}\n})();${DISPATCH}`,
  });
  return { runtime, evaluationMs: performance.now() - startedAt };
}

/** Endpoints export either a default handler or one function per method. */
const DISPATCH = `addEventListener("fetch", (event) => {
  const endpoint = module.exports;
  const handler = endpoint.default ?? endpoint[event.request.method];
  if (!handler) return event.respondWith(new Response(null, { status: 405 }));
  const failed = (error) => (__failed(error), new Response(null, { status: 500 }));
  event.respondWith(__handle(handler, event.request).catch(failed));
});`;

function nodeModules(): Record<string, unknown> {
  const require = createRequire(import.meta.url);
  const provided = Object.entries(EDGE_NODE_MODULES).map(([name, names]) => {
    const whole: Record<string, unknown> = require(`node:${name}`);
    const part = names === "all" ? whole : Object.fromEntries(names.map((key) => [key, whole[key]]));
    return [`__edge_node_${name}`, part];
  });
  return Object.fromEntries(provided);
}

type Handler = (request: Request, context: { waitUntil(work: Work): void }) => unknown;

/** Vercel's request context: `waitUntil` for the handler, `@vercel/functions` and `@vercel/otel` alike. */
function createBackground() {
  const contexts = new AsyncLocalStorage<{ waitUntil(work: Work): void; headers: object; url: string }>();
  const pending = new Set<Promise<void>>();
  const errors: unknown[] = [];
  const failed = (error: unknown): void => void errors.push(error);
  const waitUntil = (work: Work): void => {
    const done = Promise.resolve()
      .then(() => (typeof work === "function" ? work() : work))
      .then(() => {}, failed)
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  return {
    failed,
    provider: { get: () => contexts.getStore() },
    handle: (handler: Handler, request: Request) => {
      const context = { waitUntil, headers: Object.fromEntries(request.headers), url: request.url };
      return contexts.run(context, async () => handler(request, { waitUntil }));
    },
    async drain(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending);
      if (errors.length > 0) throw errors.splice(0)[0];
    },
  };
}
