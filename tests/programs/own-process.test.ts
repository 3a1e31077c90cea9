import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostPlatform } from "../../host/machine/platform.ts";
import { routesOf } from "../../host/server/routes.ts";
import { type RunningServer, serve } from "../../host/server/server.ts";

let server: RunningServer;
const errors: unknown[] = [];
beforeAll(async () => {
  server = await serve({
    port: 0,
    host: "127.0.0.1",
    projectDirectory: join(import.meta.dirname, "../.."),
    routes: new Map([
      ...routesOf(
        join(import.meta.dirname, "../media/endpoints"),
        hostPlatform(() => process.env),
      ),
      ["/alive", async () => () => new Response("alive")],
    ]),
    onError: (error) => errors.push(error),
  });
});
afterAll(() => server.close());

const post = (body: string) => fetch(`${server.url}/api/stuck`, { method: "POST", body });

test("an endpoint of the Node runtime answers from its own process, which lives on", async () => {
  const first = await post("one");
  expect([first.status, first.headers.get("x-own")]).toEqual([201, "yes"]);
  expect(await first.json()).toEqual({ said: "one", answered: 1, method: "POST" });
  expect(await (await post("two")).json()).toMatchObject({ answered: 2 });
});

test("one that never ends is ended, holds up nobody meanwhile, and the next request is answered", async () => {
  const order: string[] = [];
  const stuck = post("stick").then((response) => {
    order.push("stuck");
    return response.status;
  });
  expect(await (await fetch(`${server.url}/alive`)).text()).toBe("alive");
  order.push("alive");
  expect(await stuck).toBe(504);
  expect(order).toEqual(["alive", "stuck"]);
  // A new process: it counts from one again.
  expect(await (await post("three")).json()).toMatchObject({ answered: 1 });
});

test("when whoever asked hangs up, the process that works for them is ended", async () => {
  const gone = new AbortController();
  const mark = join(mkdtempSync(join(tmpdir(), "chasqui-")), "process");
  const asked = fetch(`${server.url}/api/patient`, {
    method: "POST",
    body: `stick ${mark}`,
    signal: gone.signal,
  });
  const pid = () => (existsSync(mark) ? Number(readFileSync(mark, "utf8")) : 0);
  await expect.poll(pid, { timeout: 30_000 }).toBeGreaterThan(0);
  gone.abort();
  await expect(asked).rejects.toThrow();
  await expect.poll(() => isAlive(pid()), { timeout: 30_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("what it throws is an error of the server, without its words", async () => {
  const response = await post("throw");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("thrown");
  expect(errors).toHaveLength(1);
});

test("a body that Vercel would not take is refused", async () => {
  expect((await post("x".repeat(5 * 1024 * 1024))).status).toBe(413);
});
