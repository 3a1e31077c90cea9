import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono, type MiddlewareHandler } from "hono";
import { errorResponse } from "../../lib/http/error-response.ts";
import { createAnswering } from "./answering.ts";
import { noteClient } from "./client-address.ts";
import { listen } from "./listen.ts";
import { createBackground, within } from "./request-context.ts";
import type { Handler, Routes } from "./routes.ts";
import { type VercelRules, vercelRules } from "./vercel-rules.ts";

/** Time limit for open requests and background work at shutdown. */
const DRAIN_LIMIT_MS = 25_000;

type App = Hono<{ Bindings: HttpBindings }>;

export interface ServeOptions {
  port: number;
  host: string;
  /** The project, whose `vercel.json` gives headers and rewrites. */
  projectDirectory: string;
  /** The endpoints by path. */
  routes: Routes;
  /** Routes that come before all others (the simulator's API). */
  extra?: Hono;
  /** Files served for every other path. */
  staticDirectory?: string;
  /** Proxies in front of the server that add to X-Forwarded-For; 0 by default. */
  proxyHops?: number;
  /** Called when a request's background work is done too. */
  onSettled?: (request: Request, response: Response) => void;
  /** Called when a handler or its background work throws; the response carries the request id too. */
  onError: (error: unknown, requestId: string | null) => void;
}

export interface RunningServer {
  port: number;
  url: string;
  /** Resolves when no request and no background work is in progress. */
  drain(): Promise<void>;
  /** Stops accepting, cuts streams of events, drains for up to 25 s, closes every connection. */
  close(): Promise<void>;
}

/** Serves the project as Vercel does. Throws an error that names PORT when the port is taken. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const background = createBackground(
    (error) => options.onError(error, null),
    options.onSettled !== undefined,
  );
  const answering = createAnswering();
  const app: App = new Hono();

  const rules = vercelRules(join(options.projectDirectory, "vercel.json"));
  app.use(withHeaders(rules));
  if (options.extra) app.route("/", options.extra);

  for (const [path, load] of options.routes) {
    app.all(path, async (context) => {
      const request = context.req.raw;
      noteClient(request, context.env.incoming.socket.remoteAddress, options.proxyHops ?? 0);
      const work = background.run(request, async (vercel) => (await cached(load))(request, vercel));
      answering.begin(context.env.outgoing);
      const response = await work.result.catch((error) => failure(error, options.onError));
      answering.answered(context.env.outgoing, response);
      work.settled?.then(() => options.onSettled?.(request, response));
      // The rest of a body that was refused before its end must not be read as the next request.
      if (!context.env.incoming.complete) context.env.outgoing.setHeader("connection", "close");
      return response;
    });
  }
  addPages(app, options.staticDirectory, rules);
  app.onError((error) => failure(error, options.onError));

  const { server, port, url } = await listen(app, options.port, options.host);
  const drain = (): Promise<void> => answering.drain().then(background.drain);
  return {
    port,
    url,
    drain,
    async close() {
      const stopped = new Promise((resolve) => server.close(resolve));
      answering.cutStreams();
      await within(DRAIN_LIMIT_MS, drain());
      server.closeAllConnections();
      await stopped;
    },
  };
}

function withHeaders(rules: VercelRules): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of rules.headers(context.req.path)) context.header(name, value);
  };
}

function addPages(app: App, root: string | undefined, rules: VercelRules): void {
  if (root !== undefined) {
    app.use(serveStatic({ root }));
    app.use(serveStatic({ root, rewriteRequestPath: (path) => rules.page(path) ?? path }));
  }
  app.notFound(({ req }) => nothingAt(req.path, rules));
}

function nothingAt(path: string, rules: VercelRules): Response {
  return rules.page(path) === null
    ? errorResponse(404, "not_found", "There is nothing at this address.")
    : errorResponse(404, "not_built", "This page is not built yet: run `npm run build`, then reload it.");
}

const handlers = new WeakMap<() => Promise<Handler>, Promise<Handler>>();

/** Loads an endpoint once; a failed load is retried at the next request. */
function cached(load: () => Promise<Handler>): Promise<Handler> {
  const known = handlers.get(load);
  if (known) return known;
  const loading = load();
  handlers.set(load, loading);
  loading.catch(() => handlers.delete(load));
  return loading;
}

function failure(error: unknown, onError: ServeOptions["onError"]): Response {
  const response = errorResponse(500, "internal", "Something went wrong on our side; please try again.");
  onError(error, response.headers.get("x-request-id"));
  return response;
}
