import { readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { call, statusOf } from "../../lib/http/call.ts";
import { asCallError, CallError } from "../../lib/http/call-error.ts";
import { backoffMs, retry } from "../../lib/http/retry.ts";

const ROOT = join(import.meta.dirname, "../..");

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const failureOf = (url: string, request: Parameters<typeof call>[1] = {}) =>
  call(url, request).then(
    () => expect.unreachable(),
    (error) => asCallError(error),
  );

describe("call", () => {
  test("sends JSON with its type, and reads the response", async () => {
    const url = await serve((request, response) => {
      expect(request.headers).toMatchObject({ "content-type": "application/json", "x-own": "1" });
      request.pipe(response);
    });
    const request = { method: "POST", headers: { "x-own": "1" }, json: { a: [1] } } as const;
    expect(await call(url, request)).toEqual({ status: 200, text: '{"a":[1]}' });
  });

  test.each([200, 404])("has one deadline, reading the body of a %i included", async (status) => {
    const url = await serve((_, response) => {
      response.writeHead(status);
      response.write("begun");
    });
    const failure = await failureOf(url, { timeoutMs: 60 });
    const expected = status === 200 ? { code: "timeout", status: null } : { code: "http_404", text: null };
    expect(failure).toMatchObject(expected);
  });

  test("ends with the caller's signal, and says who ended it", async () => {
    const url = await serve(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    const failure = await failureOf(url, { timeoutMs: 5_000, signal: stop.signal });
    expect(failure).toMatchObject({ code: "aborted", retryable: false });
    expect(await failureOf(url, { signal: AbortSignal.abort() })).toMatchObject({ code: "aborted" });
  });

  test.each([true, false])("reads no more than its bound (length announced: %s)", async (announced) => {
    const body = "x".repeat(2_000);
    const url = await serve((_, response) => {
      if (announced) response.setHeader("content-length", body.length);
      response.end(body);
    });
    expect(await failureOf(url, { maxBytes: 1_999 })).toMatchObject({ code: "too_large", retryable: false });
    expect(await call(url, { maxBytes: 2_000 })).toMatchObject({ text: body });
    expect(await call(url, { maxBytes: 0 })).toMatchObject({ text: "" });
  });

  test.each([301, 302, 307, 308])("does not follow a redirect (%i)", async (status) => {
    const visits: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      visits.push(request.headers.authorization);
      response.end();
    });
    const url = await serve((_, response) => response.writeHead(status, { location: elsewhere }).end());
    const failure = await failureOf(url, { headers: { authorization: "Bearer secret" } });
    expect(failure).toMatchObject({ code: `http_${status}`, retryable: false });
    expect(visits).toEqual([]);
  });

  test.each([
    [400, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])("answered %i: a code, the body, retryable %s", async (status, retryable) => {
    const url = await serve((_, response) => response.writeHead(status).end('{"error":1}'));
    const expected = { code: `http_${status}`, status, text: '{"error":1}', retryable, neverSent: false };
    expect(await failureOf(url)).toMatchObject(expected);
    expect(await statusOf(url, {})).toBe(status);
  });

  test.each([
    ["2", 2_000],
    ["0.5", 500],
    ["Thu, 01 Jan 1970 00:01:10 GMT", 10_000],
    ["99999", 900_000],
    ["soon", null],
  ])("reads Retry-After: %s", async (header, expected) => {
    const url = await serve((_, response) => response.writeHead(429, { "retry-after": header }).end());
    expect(await failureOf(url, { now: () => 60_000 })).toMatchObject({ retryAfterMs: expected });
  });

  test("knows that nothing was sent when nobody listens, and only then", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const closed = await failureOf(`http://127.0.0.1:${port}`);
    expect(closed).toMatchObject({ code: "econnrefused", status: null, retryable: true, neverSent: true });
    const cut = await serve((request) => request.socket.destroy());
    expect(await failureOf(cut)).toMatchObject({ status: null, retryable: true, neverSent: false });
    const onTheEdge = () => Promise.reject(new TypeError("network"));
    const failure = await failureOf("http://x.test", { fetch: onTheEdge });
    expect(failure).toMatchObject({ code: "connection", neverSent: false });
  });

  test("says nothing of the address or the body", async () => {
    const url = await serve((_, response) => response.writeHead(500).end("zanahoria"));
    const failure = await failureOf(`${url}/hooks/secret`);
    expect(failure.message).toBe("The call failed: http_500.");
  });
});

describe("retry", () => {
  const failing = (failures: CallError[]) => {
    let calls = 0;
    const makeCall = async () => {
      const failure = failures[calls++];
      if (failure) throw failure;
      return "done";
    };
    return { makeCall, calls: () => calls };
  };
  const busy = (retryAfterMs: number | null = null) =>
    new CallError({ code: "http_503", status: 503, retryable: true, retryAfterMs });
  const refused = new CallError({ code: "http_400", status: 400, retryable: false });

  test("repeats what may succeed later, up to its attempts", async () => {
    const once = failing([busy()]);
    const seen: string[] = [];
    const onFailure = ({ code }: CallError, attempt: number) => seen.push(`${attempt} ${code}`);
    expect(await retry(once.makeCall, { attempts: 2, onFailure })).toBe("done");
    expect(seen).toEqual(["1 http_503"]);
    const twice = failing([busy(), busy()]);
    await expect(retry(twice.makeCall, { attempts: 2 })).rejects.toMatchObject({ code: "http_503" });
    expect(twice.calls()).toBe(2);
  });

  test("does not repeat a refusal, what the policy excludes, or an error of ours", async () => {
    const { makeCall, calls } = failing([refused]);
    await expect(retry(makeCall, { attempts: 3 })).rejects.toBe(refused);
    const excluded = failing([busy()]);
    await expect(retry(excluded.makeCall, { attempts: 3, when: () => false })).rejects.toThrow();
    await expect(retry(() => Promise.reject(new RangeError("x")), { attempts: 3 })).rejects.toThrow(
      RangeError,
    );
    expect([calls(), excluded.calls()]).toEqual([1, 1]);
  });

  test("waits as the back-off says, or as long as Retry-After asks, within its bound", async () => {
    const pauses: number[] = [];
    const clock = {
      now: () => 0,
      sleep: async (ms: number) => void pauses.push(ms),
    };
    const pause = { backoff: { firstMs: 100, maxMs: 1_000 }, clock, signal: new AbortController().signal };
    const { makeCall } = failing([busy(), busy(), busy(700), busy(60_000), busy()]);
    await retry(makeCall, { attempts: 6, pause });
    expect(pauses).toEqual([100, 200, 700, 1_000, 1_000]);
  });
});

describe("backoffMs", () => {
  test("grows by its factor from the first pause up to the longest", () => {
    const pauses = [1, 2, 3, 4, 50].map((attempt) =>
      backoffMs({ firstMs: 4, factor: 4, maxMs: 100 }, attempt),
    );
    expect(pauses).toEqual([4, 16, 64, 100, 100]);
  });

  test.each([
    [0, 0, 100],
    [0.5, 0, 50],
    [0.5, 1, 100],
    [1, 0, 0],
    [1, 0.5, 50],
  ])("with jitter %d and chance %d pauses %d ms of 100", (jitter, chance, expected) => {
    expect(backoffMs({ firstMs: 100, maxMs: 100, jitter }, 1, () => chance)).toBe(expected);
  });
});

test("nothing else in the product calls fetch", () => {
  const files = ["api", "lib", "tools"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(ROOT, folder, file)),
  );
  expect(files.filter((file) => /\bfetch\)?\(/.test(readFileSync(file, "utf8")))).toEqual([]);
});
