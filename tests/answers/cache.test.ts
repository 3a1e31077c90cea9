import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FaultyUpstash, startFaultyUpstash } from "../../fakes/faults/stores.ts";
import { type CacheEngine, toReply } from "../../host/stores/cache-engine.ts";
import { createAnswerCache } from "../../lib/cache/answers.ts";
import { createCacheKeys } from "../../lib/cache/keys.ts";
import type { ImpersonalQuestion } from "../../lib/types/cache.ts";
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
const create = ({ url = endpoint.url, timeoutMs = 5_000 } = {}) =>
  createAnswerCache({
    ...{ url, timeoutMs, token: "the-token" },
    log: { warn: (event, fields) => warnings.push([event, fields]) },
    now: () => nowMs,
  });

/** A question of a company that no other test has. */
const question = (over: Partial<ImpersonalQuestion> = {}): ImpersonalQuestion => ({
  ...{ tenantId: randomUUID(), version: "1", language: "es", text: "hacen envios a puno" },
  ...over,
});
const ANSWER = {
  intent: "product_question",
  markdown: "¡Sí! El envío a Puno cuesta **S/ 10** 🎁\n¿Algo más?",
};

describe("a kept answer", () => {
  test("is found word for word, again and again", async () => {
    const cache = create();
    const asked = question();
    expect(await cache.find(asked)).toBeNull();
    await cache.keep(asked, ANSWER);
    for (let time = 0; time < 3; time++) expect(await cache.find({ ...asked })).toEqual(ANSWER);
    expect(warnings).toEqual([]);
  });

  test.each<[string, Partial<ImpersonalQuestion>]>([
    ["another company", { tenantId: randomUUID() }],
    ["another version", { version: "2" }],
    ["another language", { language: "pt" }],
    ["other words", { text: "hacen envios a cusco" }],
    ["words that continue the version", { version: "1es", text: "" }],
  ])("is not found for %s", async (_, other) => {
    const cache = create();
    const asked = question();
    await cache.keep(asked, ANSWER);
    expect(await cache.find({ ...asked, ...other })).toBeNull();
  });

  test("gives way to a newer one in its place, and is never taken for it", async () => {
    const cache = create();
    const { answer: keyOf } = createCacheKeys("the-token");
    const [first, others] = [question(), Array.from({ length: 100_000 }, (_, at) => `tienen talla ${at}`)];
    const text = others.find((each) => keyOf({ ...first, text: each }).place === keyOf(first).place);
    const second = { ...first, text: text ?? "" };
    await cache.keep(first, ANSWER);
    expect(await cache.find(second)).toBeNull();
    await cache.keep(second, { ...ANSWER, markdown: "Sí, tenemos." });
    expect([await cache.find(first), await cache.find(second)]).toEqual([
      null,
      expect.objectContaining({ markdown: "Sí, tenemos." }),
    ]);
  });

  test("is one of at most 4,096 of its company", () => {
    const { answer: keyOf } = createCacheKeys("the-token");
    const asked = question();
    const places = Array.from({ length: 20_000 }, (_, at) => keyOf({ ...asked, text: String(at) }).place);
    expect(new Set(places).size).toBeLessThanOrEqual(4_096);
    expect(new Set(places).size).toBeGreaterThan(3_500);
  });

  test("ends within a day, and neither its key nor its value has the question or the company's id", async () => {
    const asked = question({ text: `venden ${randomUUID()}` });
    await create().keep(asked, ANSWER);
    const { place } = createCacheKeys("the-token").answer(asked);
    const ttlS = await engine.run(["TTL", place]);
    expect(ttlS).toBeGreaterThan(86_000);
    expect(ttlS).toBeLessThanOrEqual(86_400);
    const stored = `${place} ${String(toReply(await engine.run(["GET", place])))}`;
    expect(stored).toContain("Puno");
    expect(stored).not.toContain(asked.text);
    expect(stored).not.toContain(asked.tenantId);
  });

  test("is not kept when it is longer than a reply can be", async () => {
    const cache = create();
    const asked = question();
    await cache.keep(asked, { ...ANSWER, markdown: "x".repeat(4_001) });
    expect(await cache.find(asked)).toBeNull();
  });
});

describe("a cache that fails", () => {
  test.each([
    ["hangs", { hang: true } as const],
    ["cuts the connection", { reset: true } as const],
    ["answers 500", { status: 500, body: { error: "ERR" } }],
    ["answers no JSON", { status: 200, body: "<html>" }],
  ])("that %s has no answer, and is left alone for two seconds", async (_, fault) => {
    const cache = create({ timeoutMs: 80 });
    endpoint.setFault(() => fault);
    await cache.keep(question(), ANSWER);
    const before = endpoint.requests.http;
    expect(await cache.find(question())).toBeNull();
    expect(endpoint.requests.http).toBe(before);
    expect(warnings).toEqual([["cache.unavailable", { error: expect.any(String) }]]);
    nowMs = 2_000;
    expect(await cache.find(question())).toBeNull();
    expect(endpoint.requests.http).toBeGreaterThan(before);
  });

  test.each([
    ["nothing", { result: null }],
    ["a number", { result: 7 }],
    ["another text", { result: Buffer.from("hola").toString("base64") }],
    ["an entry without words", { result: Buffer.from('{"mark":"x","intent":"y"}').toString("base64") }],
  ])("that answers %s has no answer", async (_, body) => {
    endpoint.setFault(() => ({ status: 200, body }));
    expect(await create().find(question())).toBeNull();
  });

  test("that is not there has no answer", async () => {
    const gone = create({ url: "http://127.0.0.1:1" });
    await gone.keep(question(), ANSWER);
    expect(await gone.find(question())).toBeNull();
  });
});
