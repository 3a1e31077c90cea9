import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHealth, publicHealth } from "../../lib/jobs/health.ts";

/** A service outside that counts who asks it, and answers when it may. */
let server: Server;
let url: string;
let asked: string[] = [];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answer = (response) => response.end();
});

let nowMs = 0;
function health({ database = async () => [{ stranded: 3 }] }: { database?: () => Promise<unknown[]> } = {}) {
  const counts = { database: 0, cache: 0 };
  const ask = createHealth({
    clock: { now: () => nowMs, sleep: () => Promise.resolve() },
    cache: {
      admit: () => Promise.resolve([]),
      markStored: () => Promise.resolve(),
      ping: async () => {
        counts.cache++;
      },
    },
    database: {
      sql: async <Row>() => {
        counts.database++;
        return (await database()) as Row[];
      },
    },
    services: {
      model: { url: `${url}/models`, bearer: "key" },
      whatsapp: [{ url: `${url}/1`, bearer: "a" }],
    },
    comingEnds: async () => [],
  });
  return { ask, counts };
}
const EACH_ONCE = ["/1 Bearer a", "/models Bearer key"];

test("200 requests at once ask each dependency once", async () => {
  const { ask, counts } = health();
  const answers = await Promise.all(Array.from({ length: 200 }, ask));
  expect(asked.sort()).toEqual(EACH_ONCE);
  expect(counts).toEqual({ database: 1, cache: 1 });
  expect(new Set(answers.map(({ status, stranded }) => `${status} ${stranded}`))).toEqual(new Set(["ok 3"]));
});

test("an answer from outside counts for 10 s, also a bad one; the stores are asked anew", async () => {
  const { ask, counts } = health();
  answer = (response) => response.writeHead(500).end();
  expect((await ask()).status).toBe("degraded");
  answer = (response) => response.end();
  nowMs += 9_999;
  expect((await ask()).status).toBe("degraded");
  expect(asked.sort()).toEqual(EACH_ONCE);
  expect(counts).toEqual({ database: 2, cache: 2 });
  nowMs += 1;
  expect((await ask()).status).toBe("ok");
  expect(asked).toHaveLength(4);
});

test("a clock that was set back does not keep an old answer", async () => {
  const { ask } = health();
  await ask();
  nowMs -= 3_600_000;
  await ask();
  expect(asked).toHaveLength(4);
});

test("a question that never ends is asked again, by others", async () => {
  const { ask, counts } = health({ database: () => new Promise(() => {}) });
  const first = ask();
  nowMs += 4_000;
  const second = ask();
  expect((await Promise.all([first, second])).map(({ status }) => status)).toEqual(["down", "down"]);
  expect(counts.database).toBe(2);
});

test("strangers read names, states and times, and nothing else", async () => {
  const { ask } = health({ database: () => Promise.reject(new Error("password of 10.0.0.5 is wrong")) });
  answer = (response) => response.writeHead(401).end();
  const all = await ask();
  expect(all.stranded).toBeNull();
  expect(all.checks.model).toMatchObject({ ok: false, error: "http_401" });
  const bare = { ok: expect.any(Boolean), ms: expect.any(Number) };
  expect(publicHealth(all)).toStrictEqual({
    status: "down",
    checks: { database: bare, cache: bare, model: bare, whatsapp: bare },
  });
});
