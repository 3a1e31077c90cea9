import { basename, join } from "node:path";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { SimEvents, SimState } from "../../contracts/simulator.ts";

/** Stub of the backend, for states that the real one rarely reaches: slow turns, failures, lost connections. */
export interface Stub {
  url: string;
  port: number;
  state: SimState;
  /** Bodies of POST and PUT requests, with their paths. */
  requests: { path: string; body: Record<string, unknown> }[];
  /** Answers the next `POST /_local/send` with this instead of 202. */
  failNextSend(answer: { status: number; body: object }): void;
  emit<Name extends keyof SimEvents>(name: Name, data: SimEvents[Name]): void;
  health: { status: number; body: object };
  close(): Promise<void>;
}

const SAMPLES = join(import.meta.dirname, "../../web/src/simulator/samples");

type Emit = (name: string, data: string) => void;

/** Serves a built page from `directory` and the simulator's API from memory, on loopback. */
export async function startStub(directory: string, state: SimState, port = 0): Promise<Stub> {
  const listeners = new Set<Emit>();
  const requests: Stub["requests"] = [];
  let failure: { status: number; body: object } | null = null;
  const app = new Hono();
  app.get("/_local/state", (context) => context.json(stub.state));
  app.get("/_local/events", (context) =>
    streamSSE(context, async (stream) => {
      const emit: Emit = (event, data) => void stream.writeSSE({ event, data });
      listeners.add(emit);
      await stream.write(": hello\n\n");
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      listeners.delete(emit);
    }),
  );
  app.put("/_local/media", async (context) => {
    const { type = "", filename = "" } = context.req.query();
    requests.push({ path: context.req.path, body: { type, filename } });
    const file = { url: "/_local/media/photo.jpg", mimeType: context.req.header("content-type"), filename };
    return context.json({ mediaId: "media.1", file }, 201);
  });
  app.use("/_local/media/*", serveStatic({ root: SAMPLES, rewriteRequestPath: (path) => basename(path) }));
  app.post("/_local/:act", async (context) => {
    requests.push({ path: context.req.path, body: await context.req.json() });
    if (context.req.param("act") !== "send") return context.json({});
    const answer = failure ?? {
      status: 202,
      body: { waMessageId: `wamid.${requests.length}`, httpStatus: 200, ackMs: 12 },
    };
    failure = null;
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  });
  app.get("/api/health", () => Response.json(stub.health.body, { status: stub.health.status }));
  app.use("*", serveStatic({ root: directory }));
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : 0;
  const stub: Stub = {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    state,
    requests,
    failNextSend: (answer) => {
      failure = answer;
    },
    emit: (name, data) => {
      for (const listener of listeners) listener(name, JSON.stringify(data));
    },
    health: { status: 200, body: { status: "ok", checks: {} } },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
  return stub;
}

/** Body of the last `POST /_local/send`. */
export function lastSent(stub: Stub): Record<string, unknown> {
  return stub.requests.findLast(({ path }) => path === "/_local/send")?.body ?? {};
}
