import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardSimulator, takeKey } from "../../fakes/simulator/guard.ts";
import { type Listening, listen, stopListening } from "../../host/server/listen.ts";

const KEY = "key-of-a-test-0123456789abcdef";
let listening: Listening;
/** Listens for other machines too. */
let open: Listening;

beforeAll(async () => {
  listening = await listen(guarded(null), 0, "127.0.0.1");
  open = await listen(guarded(KEY), 0, "0.0.0.0");
});

afterAll(async () => {
  await stopListening(listening.server);
  await stopListening(open.server);
});

function guarded(key: string | null): Hono {
  const app = new Hono().get("/", takeKey(key), (context) => context.text("page"));
  return app.use(guardSimulator(key)).all("/x", (context) => context.text("in"));
}

/** `fetch` would not let us choose these headers. */
function ask(method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: listening.port, path: "/x", method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end(method === "POST" ? "{}" : undefined);
  });
}

const json = { "content-type": "application/json" };

test.each([
  ["a program on this machine", "GET", {}, 200],
  [
    "the page itself",
    "POST",
    { ...json, host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" },
    200,
  ],
  ["a page opened at a plain address", "GET", { host: "192.168.1.5:3000", "sec-fetch-site": "none" }, 200],
  [
    "a page of another site",
    "POST",
    { ...json, host: "localhost:3000", origin: "https://evil.example" },
    403,
  ],
  [
    "a page on another port of this machine",
    "POST",
    { ...json, host: "localhost:3000", origin: "http://localhost:4000" },
    403,
  ],
  ["another site's request that hides its origin", "GET", { "sec-fetch-site": "cross-site" }, 403],
  ["a same-site neighbour", "GET", { "sec-fetch-site": "same-site" }, 403],
  ["a foreign name that resolves to this machine", "GET", { host: "evil.example" }, 403],
  ["a form, which needs no permission of a browser", "POST", { "content-type": "text/plain" }, 415],
  ["a body without a type", "POST", {}, 415],
])("answers %s (%s) rightly", async (_who, method, headers, status) => {
  expect(await ask(method, headers)).toBe(status);
});

/** Request from beyond this machine; a proxy's header simulates that. */
const elsewhere = { "x-forwarded-for": "203.0.113.9", host: "demo-3000.example.dev" };

function askOpen(method: string, path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; cookie: string; location: string }>((resolve, reject) => {
    const asked = request({ port: open.port, path, method, headers }, (response) => {
      response.resume();
      const cookie = response.headers["set-cookie"]?.[0] ?? "";
      resolve({ status: response.statusCode ?? 0, cookie, location: response.headers.location ?? "" });
    });
    asked.on("error", reject);
    asked.end(method === "POST" ? "{}" : undefined);
  });
}

test("beyond this machine the printed key opens the simulator, for that browser", async () => {
  expect((await askOpen("GET", "/x", elsewhere)).status).toBe(401);
  const entered = await askOpen("GET", `/?key=${KEY}`, elsewhere);
  expect(entered).toMatchObject({ status: 303, location: "/" });
  expect(entered.cookie).toMatch(/HttpOnly.*SameSite=Strict/);
  const cookie = entered.cookie.split(";")[0] ?? "";
  expect((await askOpen("GET", "/x", { ...elsewhere, cookie })).status).toBe(200);
  const origin = "https://demo-3000.example.dev";
  expect((await askOpen("POST", "/x", { ...elsewhere, ...json, cookie, origin })).status).toBe(200);
});

test.each([
  ["no key", {}, "/x", 401],
  ["another key", { cookie: "chasqui_simulator=key-of-a-test" }, "/x", 401],
  ["another key in the address", {}, "/?key=guess", 401],
  [
    "the key, but by another site",
    { cookie: `chasqui_simulator=${KEY}`, origin: "https://evil.example" },
    "/x",
    403,
  ],
  [
    "the key, but across sites",
    { cookie: `chasqui_simulator=${KEY}`, "sec-fetch-site": "cross-site" },
    "/x",
    403,
  ],
  ["a loopback name, through a tunnel", { host: "localhost:3000" }, "/x", 401],
])("beyond this machine %s opens nothing", async (_, headers, path, status) => {
  expect((await askOpen("GET", path, { ...elsewhere, ...headers })).status).toBe(status);
});

test("programs on this machine need no key", async () => {
  expect((await askOpen("GET", "/x", {})).status).toBe(200);
  expect((await askOpen("GET", "/x", { host: "evil.example" })).status).toBe(403);
});

test("a server for this machine alone has no key to guess, and shows the page as ever", async () => {
  const page = await fetch(`${listening.url}/?key=anything`);
  expect([page.status, await page.text()]).toEqual([200, "page"]);
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === "IPv4" && !address.internal)?.address;

test.runIf(outside)("an address of this machine on its network counts as this machine", async () => {
  const response = await fetch(`http://${outside}:${open.port}/x`);
  expect(response.status).toBe(200);
});
