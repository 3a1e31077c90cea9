import { createHash } from "node:crypto";
import { createClient } from "@vercel/kv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CacheEngine } from "../../host/stores/cache-engine.ts";
import { startUpstashEndpoint, type UpstashEndpoint } from "../../host/stores/upstash.ts";
import { startCacheEngine } from "../support/stores.ts";

const KEY = `test:${process.pid}:${performance.now()}`;

let engine: CacheEngine;
let endpoint: UpstashEndpoint;
beforeAll(async () => {
  engine = await startCacheEngine();
  endpoint = await startUpstashEndpoint({ engine, token: "the-token" });
});
afterAll(async () => {
  await endpoint.close();
  await engine.close();
});

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${endpoint.url}${path}`, {
    method: "POST",
    headers: { authorization: "Bearer the-token", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

describe("the Upstash endpoint", () => {
  test("serves the client of production", async () => {
    const kv = createClient({ url: endpoint.url, token: "the-token", automaticDeserialization: false });
    const text = "ñandú 🎉 \"'\n";
    expect(await kv.set(`${KEY}:a`, text, { ex: 100 })).toBe("OK");
    expect(await kv.get(`${KEY}:a`)).toBe(text);
    expect(await kv.get(`${KEY}:none`)).toBeNull();
    expect(await kv.set(`${KEY}:a`, "other", { nx: true })).toBeNull();
    expect(await kv.ttl(`${KEY}:a`)).toBeGreaterThan(90);
    expect(await kv.mget(`${KEY}:a`, `${KEY}:none`)).toEqual([text, null]);
    expect(await kv.multi().set(`${KEY}:n`, "1").incr(`${KEY}:n`).exec()).toEqual(["OK", 2]);
    expect(await kv.pipeline().get(`${KEY}:a`).del(`${KEY}:a`).exec()).toEqual([text, 1]);
    expect(await kv.eval("return redis.call('INCR', KEYS[1])", [`${KEY}:n`], [])).toBe(3);
  });

  test("runs a script by its digest once it has seen it", async () => {
    const kv = createClient({ url: endpoint.url, token: "the-token", automaticDeserialization: false });
    await expect(kv.evalsha("0".repeat(40), [], [])).rejects.toThrow("NOSCRIPT");
    const script = "return 'seen'";
    expect(await kv.eval(script, [], [])).toBe("seen");
    const digest = createHash("sha1").update(script).digest("hex");
    expect(await kv.evalsha(digest, [], [])).toBe("seen");
  });

  test("answers errors as Upstash does: one with 400, those of a pipeline in their places", async () => {
    expect(await post("/", ["NOPE"])).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/unknown command/) },
    });
    const { status, body } = await post("/pipeline", [["SET", `${KEY}:p`, 1], ["NOPE"], ["GET", `${KEY}:p`]]);
    expect(status).toBe(200);
    expect(body).toEqual([
      { result: "OK" },
      { error: expect.stringMatching(/unknown command/) },
      { result: "1" },
    ]);
  });

  test("encodes text as base64 only when asked to, and never OK", async () => {
    await post("/", ["SET", `${KEY}:b`, "hola"]);
    expect((await post("/", ["GET", `${KEY}:b`])).body).toEqual({ result: "hola" });
    const headers = { "upstash-encoding": "base64" };
    expect((await post("/", ["GET", `${KEY}:b`], headers)).body).toEqual({ result: "aG9sYQ==" });
    expect((await post("/", ["SET", `${KEY}:b`, "x"], headers)).body).toEqual({ result: "OK" });
  });

  test.each([["Bearer wrong"], ["the-token"], ["Bearer "], [""]])(
    "refuses the authorization %j",
    async (authorization) => {
      expect(await post("/", ["PING"], { authorization })).toEqual({
        status: 401,
        body: { error: "Unauthorized" },
      });
    },
  );

  test.each([["{"], ["{}"], ["[]"], [[{}]], ["null"]])("refuses %j as a command", async (body) => {
    expect((await post("/", body)).status).toBe(400);
    expect((await post("/pipeline", body === "[]" ? [[]] : body)).status).toBe(400);
  });

  test("refuses a body that is too large", async () => {
    expect((await post("/", ["SET", "a", "x".repeat(11 * 1024 * 1024)])).status).toBe(413);
  });
});
