import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FaultyUpstash, startFaultyUpstash } from "../../fakes/faults/stores.ts";
import { type CacheEngine, toReply } from "../../host/stores/cache-engine.ts";
import { type AdmissionCacheOptions, createAdmissionCache } from "../../lib/cache/admission.ts";
import type { AdmissionCache } from "../../lib/types/cache.ts";
import { startCacheEngine } from "../support/stores.ts";

let engine: CacheEngine;
let endpoint: FaultyUpstash;
let warnings: [string, unknown][];
let nowMs: number;
beforeAll(async () => {
  engine = await startCacheEngine();
  endpoint = await startFaultyUpstash({ engine, token: "the-token" });
});
beforeEach(() => {
  warnings = [];
  nowMs = 0;
});
afterEach(() => endpoint.setFault(null));
afterAll(async () => {
  await endpoint.close();
  await engine.close();
});

/** Patient, because the machine that runs the tests may be busy; impatience is tested by itself. */
const create = (options: Partial<AdmissionCacheOptions> = {}): AdmissionCache =>
  createAdmissionCache({
    url: endpoint.url,
    token: "the-token",
    rateLimit: { max: 2, windowS: 60 },
    timeoutMs: 5_000,
    log: { warn: (event, fields) => warnings.push([event, fields]) },
    now: () => nowMs,
    ...options,
  });

/** Ids that no other test uses, also on a Redis that is kept. */
const someone = () => `1055:${randomUUID()}`;
const wamid = () => `wamid.${randomUUID()}`;
const verdicts = async (cache: AdmissionCache, customerKey: string, ids: string[]) =>
  (await cache.admit(ids.map((waMessageId) => ({ messageKey: waMessageId, customerKey })))).map(
    ({ verdict }) => verdict,
  );
const failEach = (count: number) =>
  endpoint.setFault((_, n) => (n <= count ? { status: 500, body: { error: "no" } } : null));

describe("admission", () => {
  test("lets a user send as many as the window allows, in one batch or in several", async () => {
    const cache = create();
    const [ana, ben] = [someone(), someone()];
    expect(await verdicts(cache, ana, [wamid(), wamid(), wamid()])).toEqual(["new", "new", "limited"]);
    expect(await verdicts(cache, ana, [wamid()])).toEqual(["limited"]);
    expect(await verdicts(cache, ben, [wamid()])).toEqual(["new"]);
    expect(warnings).toEqual([]);
  });

  test("says how many seconds are left of a window that began with the user's first message", async () => {
    const cache = create();
    const ana = someone();
    const [, , limited] = await cache.admit([1, 2, 3].map(() => ({ messageKey: wamid(), customerKey: ana })));
    expect(limited?.retryAfterS).toBeGreaterThan(50);
    expect(limited?.retryAfterS).toBeLessThanOrEqual(60);
  });

  test("begins a new window when the old one is over", async () => {
    const cache = create({ rateLimit: { max: 1, windowS: 1 } });
    const ana = someone();
    expect(await verdicts(cache, ana, [wamid(), wamid()])).toEqual(["new", "limited"]);
    await expect.poll(() => verdicts(cache, ana, [wamid()]), { timeout: 10_000 }).toEqual(["new"]);
  });

  test("says the same again of a message that was seen but not stored, and counts it once", async () => {
    const cache = create();
    const ana = someone();
    const [first, second, third] = [wamid(), wamid(), wamid()];
    for (let redelivered = 0; redelivered < 3; redelivered++)
      expect(await verdicts(cache, ana, [first, first])).toEqual(["new", "new"]);
    expect(await verdicts(cache, ana, [second, third, third])).toEqual(["new", "limited", "limited"]);
    expect(await verdicts(cache, ana, [first, second, third])).toEqual(["new", "new", "limited"]);
  });

  test("knows a duplicate only once it is stored", async () => {
    const cache = create();
    const ana = someone();
    const [stored, notStored] = [wamid(), wamid()];
    await verdicts(cache, ana, [stored, notStored]);
    await cache.markStored([stored]);
    expect(await verdicts(cache, ana, [stored, notStored])).toEqual(["duplicate", "new"]);
  });

  test("takes one round trip for a batch, and one to mark it", async () => {
    const cache = create({ rateLimit: { max: 1_000, windowS: 60 } });
    const ids = Array.from({ length: 200 }, wamid);
    const before = { ...endpoint.requests };
    expect(new Set(await verdicts(cache, someone(), ids))).toEqual(new Set(["new"]));
    await cache.markStored(ids);
    expect(endpoint.requests).toEqual({ http: before.http + 2, commands: before.commands + 2 });
    expect(new Set(await verdicts(cache, someone(), ids))).toEqual(new Set(["duplicate"]));
  });

  test("asks nobody about nothing", async () => {
    const cache = create();
    const before = endpoint.requests.http;
    expect(await cache.admit([])).toEqual([]);
    await cache.markStored([]);
    expect(endpoint.requests.http).toBe(before);
  });

  test("takes ids of any content and length", async () => {
    const cache = create({ rateLimit: { max: 100, windowS: 60 } });
    const tail = randomUUID();
    const ids = ["123456789012345678", "", "x".repeat(10_000), "a b\n\"'{}", "ñ🎉"].map((id) => id + tail);
    expect(await verdicts(cache, someone(), ids)).toEqual(ids.map(() => "new"));
  });

  test("keeps neither a phone number nor a message id in the cache", async () => {
    const phone = `519${String(Date.now()).slice(-8)}`;
    await verdicts(create(), `1055:${phone}`, [`wamid.${phone}`]);
    const keys = toReply(await engine.run(["KEYS", "chasqui:*"]));
    expect(keys).not.toHaveLength(0);
    expect(JSON.stringify(keys)).not.toContain(phone);
  });

  test("forgets everything in the end: a mark after eight days, a counter with its window", async () => {
    await verdicts(create(), someone(), [wamid()]);
    const keys = toReply(await engine.run(["KEYS", "chasqui:*"]));
    for (const key of Array.isArray(keys) ? keys.map(String) : []) {
      const ttlS = await engine.run(["TTL", key]);
      expect(ttlS, key).toBeGreaterThanOrEqual(key.startsWith("chasqui:dup:") ? 7 * 86_400 : 0);
      expect(ttlS, key).toBeLessThanOrEqual(8 * 86_400);
    }
  });
});

describe("a cache that fails", () => {
  test.each([
    ["hangs", { hang: true } as const, "timeout"],
    ["cuts the connection", { reset: true } as const, null],
    ["answers 500", { status: 500, body: { error: "ERR" } }, null],
    ["answers no JSON", { status: 200, body: "<html>" }, null],
    ["answers nothing", { status: 200, body: { result: null } }, "bad_answer"],
    ["answers other words", { status: 200, body: { result: "bmV3LG9s" } }, "bad_answer"],
    ["answers for fewer messages", { status: 200, body: { result: "bmV3" } }, "bad_answer"],
  ])("that %s admits every message as unknown", async (_, fault, code) => {
    const cache = create({ timeoutMs: 80 });
    endpoint.setFault(() => fault);
    expect(await verdicts(cache, someone(), [wamid(), wamid()])).toEqual(["unknown", "unknown"]);
    expect(warnings).toEqual([["cache.unavailable", { error: code ?? expect.any(String) }]]);
  });

  test("that is not there, or has another token, admits as unknown and logs neither token nor command", async () => {
    const gone = create({ url: "http://127.0.0.1:1" });
    const stranger = create({ token: "another" });
    expect(await verdicts(gone, someone(), [wamid()])).toEqual(["unknown"]);
    expect(await verdicts(stranger, someone(), [wamid()])).toEqual(["unknown"]);
    expect(warnings).toHaveLength(2);
    expect(JSON.stringify(warnings)).not.toMatch(/wamid|another|chasqui:/);
  });

  test("is left alone for two seconds, then asked again", async () => {
    const cache = create();
    failEach(1);
    const before = endpoint.requests.http;
    expect(await verdicts(cache, someone(), [wamid()])).toEqual(["unknown"]);
    nowMs = 1_999;
    expect(await verdicts(cache, someone(), [wamid()])).toEqual(["unknown"]);
    await cache.markStored([wamid()]);
    expect(endpoint.requests.http).toBe(before + 1);
    nowMs = 2_000;
    expect(await verdicts(cache, someone(), [wamid()])).toEqual(["new"]);
    expect(warnings).toHaveLength(1);
  });

  test("is logged once when many messages meet it together", async () => {
    const cache = create({ timeoutMs: 80 });
    endpoint.setFault(() => ({ hang: true }));
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => verdicts(cache, someone(), [wamid()])));
    expect(all.flat()).toEqual(Array.from({ length: 5 }, () => "unknown"));
    expect(warnings).toHaveLength(1);
  });

  test("loses no message when the mark could not be set", async () => {
    const cache = create();
    const ana = someone();
    const id = wamid();
    await verdicts(cache, ana, [id]);
    failEach(1);
    await cache.markStored([id]);
    nowMs = 2_000;
    expect(await verdicts(cache, ana, [id])).toEqual(["new"]);
  });

  test("counts nothing twice when only its answer was lost", async () => {
    const cache = create();
    const ana = someone();
    const ids = [wamid(), wamid()];
    endpoint.setFault((_, n) => (n === 1 ? { reset: true, afterAccepting: true } : null));
    await verdicts(cache, ana, ids);
    nowMs = 2_000;
    expect(await verdicts(cache, ana, ids)).toEqual(["new", "new"]);
  });

  test("fails its ping, also while it is left alone", async () => {
    const cache = create();
    await expect(cache.ping()).resolves.toBeUndefined();
    endpoint.setFault(() => ({ reset: true }));
    await verdicts(cache, someone(), [wamid()]);
    await expect(cache.ping()).rejects.toThrow();
    endpoint.setFault(null);
    await expect(cache.ping()).resolves.toBeUndefined();
  });
});
