import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "@vercel/functions";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostPlatform } from "../../host/machine/platform.ts";
import { listen, stopListening } from "../../host/server/listen.ts";
import { type Handler, routesOf } from "../../host/server/routes.ts";
import { type RunningServer, type ServeOptions, serve } from "../../host/server/server.ts";
import { gate } from "../support/gate.ts";

let project: string;
const running: RunningServer[] = [];
const errors: { error: unknown; requestId: string | null }[] = [];

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "chasqui-server-"));
  mkdirSync(join(project, "api", "deep"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{"type":"module"}');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
  errors.length = 0;
  rmSync(project, { recursive: true });
});

async function start(options: Partial<ServeOptions> = {}): Promise<RunningServer> {
  const onError: ServeOptions["onError"] = (error, requestId) => errors.push({ error, requestId });
  const routes = routesOf(
    join(project, "api"),
    hostPlatform(() => ({})),
  );
  const server = await serve({
    ...{ port: 0, host: "127.0.0.1", projectDirectory: project, routes, onError },
    ...options,
  });
  running.push(server);
  return server;
}

const route = (path: string, handler: Handler) => ({ routes: new Map([[path, async () => handler]]) });

test("serves each file of api/ at its path, with query and method, and nothing private", async () => {
  const echo =
    "export default (request) => new Response(request.method + ' ' + new URL(request.url).pathname + new URL(request.url).search);";
  for (const file of ["health.ts", "deep/thing.ts", "deep/index.ts", "_shared.ts", "thing.test.ts"])
    writeFileSync(join(project, "api", file), echo);
  const { url } = await start();
  expect(await (await fetch(`${url}/api/health?a=1`)).text()).toBe("GET /api/health?a=1");
  expect(await (await fetch(`${url}/api/deep/thing`, { method: "DELETE" })).text()).toBe(
    "DELETE /api/deep/thing",
  );
  expect(await (await fetch(`${url}/api/deep`)).text()).toBe("GET /api/deep");
  expect((await fetch(`${url}/api/_shared`)).status).toBe(404);
  expect((await fetch(`${url}/api/thing.test`)).status).toBe(404);
});

test("gives HEAD the headers of GET and hands OPTIONS to the endpoint", async () => {
  const { url } = await start(route("/api/x", (request) => Response.json({ saw: request.method })));
  const head = await fetch(`${url}/api/x`, { method: "HEAD" });
  expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
    200,
    "application/json",
    "",
  ]);
  expect(await (await fetch(`${url}/api/x`, { method: "OPTIONS" })).json()).toEqual({ saw: "OPTIONS" });
});

test("answers before background work ends, reports when it is settled, and drains it", async () => {
  const ready = gate();
  const seen: string[] = [];
  const background = ready.promise.then(() => {
    seen.push("first");
    waitUntil(Promise.resolve().then(() => seen.push("nested")));
  });
  const server = await start({
    ...route("/api/x", () => {
      waitUntil(background);
      return new Response("soon");
    }),
    onSettled: (request, response) =>
      seen.push(`settled ${new URL(request.url).pathname} ${response.status}`),
  });
  expect(await (await fetch(`${server.url}/api/x`)).text()).toBe("soon");
  expect(seen).toEqual([]);
  ready.open();
  await server.drain();
  await Promise.resolve();
  expect(seen).toEqual(["first", "nested", "settled /api/x 200"]);
});

test("finishes background work before it closes", async () => {
  let done = false;
  const server = await start(
    route("/api/x", (_request, { waitUntil: later }) => {
      later(
        new Promise((resolve) => setTimeout(resolve, 50)).then(() => {
          done = true;
        }),
      );
      return new Response("ok");
    }),
  );
  await fetch(`${server.url}/api/x`);
  await server.close();
  expect(done).toBe(true);
});

test("answers 500 with a request id and no stack when an endpoint throws, and stays up", async () => {
  const { url } = await start(
    route("/api/x", () => {
      throw new Error("secret detail");
    }),
  );
  const response = await fetch(`${url}/api/x`);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).not.toContain("secret");
  expect(JSON.parse(text).error.code).toBe("internal");
  expect(JSON.parse(text).error.requestId).toBe(response.headers.get("x-request-id"));
  expect(errors).toMatchObject([{ requestId: response.headers.get("x-request-id") }]);
  expect((await fetch(`${url}/nowhere`)).status).toBe(404);
});

test("reports background work that failed and goes on", async () => {
  const server = await start(
    route("/api/x", () => {
      waitUntil(Promise.reject(new Error("late")));
      return new Response("ok");
    }),
  );
  expect((await fetch(`${server.url}/api/x`)).status).toBe(200);
  await server.drain();
  expect(errors).toMatchObject([{ error: { message: "late" }, requestId: null }]);
});

test("passes a body on as a stream and survives a client that leaves in the middle", async () => {
  const chunks: number[] = [];
  const first = gate();
  const ended = gate<string>();
  const server = await start(
    route("/api/x", async (request) => {
      try {
        for await (const chunk of request.body ?? []) {
          chunks.push(chunk.length);
          first.open();
        }
        ended.open("complete");
      } catch {
        ended.open("cut");
      }
      return new Response("ok");
    }),
  );
  const socket = connect(server.port, "127.0.0.1");
  socket.write("POST /api/x HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhello");
  await first.promise;
  socket.destroy();
  expect(await ended.promise).toBe("cut");
  expect(chunks).toEqual([5]);
  await server.drain();
  expect((await fetch(`${server.url}/nowhere`)).status).toBe(404);
});

test("puts the headers of vercel.json on endpoints and pages, by path", async () => {
  const rule = (source: string, key: string) => ({ source, headers: [{ key, value: "yes" }] });
  writeFileSync(
    join(project, "vercel.json"),
    JSON.stringify({
      headers: [rule("/(.*)", "x-all"), rule("/api/:path*", "x-api"), rule("/((?!api/).*)", "x-page")],
    }),
  );
  writeFileSync(join(project, "index.html"), "<p>hello</p>");
  const { url } = await start({ ...route("/api/x", () => new Response("ok")), staticDirectory: project });
  const names = async (path: string) => {
    const { headers } = await fetch(`${url}${path}`);
    return ["x-all", "x-api", "x-page"].filter((name) => headers.has(name));
  };
  expect(await names("/api/x")).toEqual(["x-all", "x-api"]);
  expect(await names("/")).toEqual(["x-all", "x-page"]);
  expect(await (await fetch(`${url}/`)).text()).toContain("hello");
  expect((await fetch(`${url}/../../etc/passwd`)).status).toBe(404);
});

test("lets extra routes answer first and does not wait for their open streams when closing", async () => {
  const extra = new Hono().get(
    "/_local/stream",
    () => new Response(new ReadableStream({ start: (s) => s.enqueue("a") })),
  );
  const server = await start({ ...route("/api/x", () => new Response("ok")), extra });
  const stream = await fetch(`${server.url}/_local/stream`).catch(() => null);
  expect(stream?.status).toBe(200);
  await server.close();
  await stream?.text().catch(() => null);
});

test("waits 10 s for a client's headers and a minute for its request, and no longer", async () => {
  const { server } = await listen(new Hono(), 0, "127.0.0.1");
  const { headersTimeout, requestTimeout } = server;
  expect({ headersTimeout, requestTimeout }).toEqual({ headersTimeout: 10_000, requestTimeout: 60_000 });
  await stopListening(server);
});

test("names PORT when the port is taken", async () => {
  const { port } = await start(route("/api/x", () => new Response("ok")));
  await expect(start({ port })).rejects.toThrow(/PORT/);
});

test("answers with the page that vercel.json names for an address, or says how to build it", async () => {
  writeFileSync(
    join(project, "vercel.json"),
    JSON.stringify({
      rewrites: [
        { source: "/console", destination: "/console.html" },
        { source: "/console/(.*)", destination: "/console.html" },
        { source: "/api/console/(.*)", destination: "/api/console/[...path]" },
      ],
    }),
  );
  const { url } = await start({
    ...route("/api/console/*", () => new Response("api")),
    staticDirectory: project,
  });
  const words = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return `${response.status} ${await response.text()}`;
  };
  expect(await words("/console/a/b")).toMatch(/^404 .*not_built.*npm run build/);
  writeFileSync(join(project, "console.html"), "<p>console</p>");
  expect(await words("/console")).toContain("200 <p>console");
  expect(await words("/console/a/b")).toContain("200 <p>console");
  expect(await words("/consoles")).toMatch(/^404/);
  expect(await words("/api/console/t/x/y")).toBe("200 api");
});
