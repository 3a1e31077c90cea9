import { request } from "node:http";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Listening, listen, stopListening } from "../../local/listen.ts";
import { refuseOtherSites } from "../../local/simulator/guard.ts";

let listening: Listening;

beforeAll(async () => {
  const app = new Hono();
  app.use(refuseOtherSites());
  app.all("/x", (context) => context.text("in"));
  listening = await listen(app, 0, "127.0.0.1");
});

afterAll(() => stopListening(listening.server));

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
