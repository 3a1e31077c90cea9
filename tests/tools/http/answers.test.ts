import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createPublicFetch } from "../../../host/public-fetch.ts";
import { ANA, EFFECT, json, never, runnerFor, startSystem, toolAt } from "./system.ts";

const DAY = { day: "mon" };

async function outcomeOf(answer: Parameters<typeof startSystem>[0], more = {}, via = {}) {
  const system = await startSystem(answer);
  const made = runnerFor({ allowed: [system.host] });
  const outcome = await made.runner.run(toolAt({ url: system.url, ...via }, more), DAY, ANA, never);
  return { outcome, received: system.received, ...made };
}

test("shows what was picked, from lists too", async () => {
  const body = { data: { slots: [{ at: "9:00", staff: 1 }, { at: "10:00" }], "a/b": 1 }, secret: "x" };
  const pick = { times: "/data/slots/*/at", first: "/data/slots/0/at", odd: "/data/a~1b", none: "/data/x" };
  const { outcome } = await outcomeOf(json(body), { answer: { pick } });
  expect(outcome).toEqual({ ok: true, answer: { times: ["9:00", "10:00"], first: "9:00", odd: 1 } });
});

test("cuts a long answer and cleans it", async () => {
  const many = Array.from({ length: 2_000 }, (_, n) => ({ n, text: `a\u0000b ${"x".repeat(40)}` }));
  const { outcome } = await outcomeOf(json(many));
  const shown = JSON.stringify(outcome.ok && outcome.answer);
  expect(shown.length).toBeLessThan(8_300);
  expect(shown).toContain('"truncated":true');
  expect(shown).not.toContain("\\u0000");
});

test("an empty answer is null", async () => {
  const { outcome } = await outcomeOf((_, response) => void response.writeHead(204).end());
  expect(outcome).toEqual({ ok: true, answer: null });
});

test("an answer that breaks its promise is none, and what was asked for may be done", async () => {
  const schema = { type: "object", required: ["slots"], properties: { slots: { type: "array" } } };
  const reading = await outcomeOf(json({ slots: "none" }), { answer: { schema } });
  expect(reading.outcome).toEqual({ ok: false, code: "invalid_answer", mayHaveHappened: false });
  const effect = await outcomeOf(json({}), { answer: { schema }, effect: EFFECT }, { method: "POST" });
  expect(effect.outcome).toEqual({ ok: false, code: "invalid_answer", mayHaveHappened: true });
  const html = await outcomeOf(
    (_, response) => void response.end("<html>"),
    { effect: EFFECT },
    { method: "POST" },
  );
  expect(html.outcome).toEqual({ ok: false, code: "invalid_answer", mayHaveHappened: true });
});

test.each([
  [400, false],
  [401, false],
  [404, false],
  [409, false],
  [422, false],
  [429, false],
  [408, true],
  [500, true],
  [503, true],
])("%d of an effect: may have happened %s, and is not asked again", async (status, mayHaveHappened) => {
  const { outcome, received } = await outcomeOf(json({}, status), { effect: EFFECT }, { method: "POST" });
  expect(outcome).toEqual({ ok: false, code: `http_${status}`, mayHaveHappened });
  expect(received).toHaveLength(1);
});

test.each([
  ["GET", 503, 2],
  ["GET", 429, 2],
  ["GET", 502, 2],
  ["GET", 500, 1],
  ["POST", 503, 2],
  ["POST", 502, 1],
] as const)("%s %d without an effect is asked %d times, with one key", async (method, status, times) => {
  const { received } = await outcomeOf(json({}, status), {}, { method });
  expect(received).toHaveLength(times);
  expect(new Set(received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
});

test("follows no redirect", async () => {
  const other = await startSystem(json({ stolen: true }));
  const { outcome } = await outcomeOf(
    (_, response) => void response.writeHead(307, { location: other.url }).end(),
    { effect: EFFECT },
    { method: "POST" },
  );
  expect(outcome).toEqual({ ok: false, code: "redirect", mayHaveHappened: true });
  expect(other.received).toEqual([]);
});

test("ends a body that does not end, and one that is too long", async () => {
  const endless = await outcomeOf((_, response) => {
    const timer = setInterval(() => response.write("x".repeat(65_536)), 1);
    response.on("close", () => clearInterval(timer));
  });
  expect(endless.outcome).toMatchObject({ ok: false, code: "too_large" });
  const long = await outcomeOf(json("x".repeat(300_000)), { effect: EFFECT }, { method: "POST" });
  expect(long.outcome).toEqual({ ok: false, code: "too_large", mayHaveHappened: true });
});

test("gives up on a system that is slow, or breaks off", async () => {
  const slow = await outcomeOf(() => {}, { effect: EFFECT, timeoutMs: 100 }, { method: "POST" });
  expect(slow.outcome).toEqual({ ok: false, code: "timeout", mayHaveHappened: true });
  const dribble = await outcomeOf((_, response) => void response.write('{"a":'), { timeoutMs: 100 });
  expect(dribble.outcome).toEqual({ ok: false, code: "timeout", mayHaveHappened: false });
  const broken = await outcomeOf(
    (_, response) => void response.socket?.destroy(),
    { effect: EFFECT },
    { method: "POST" },
  );
  expect(broken.outcome).toEqual({ ok: false, code: "connection", mayHaveHappened: true });
  expect(broken.received).toHaveLength(1);
});

test("a turn that ends ends the call", async () => {
  const system = await startSystem(() => stop.abort());
  const stop = new AbortController();
  const { runner } = runnerFor({ allowed: [system.host] });
  const tool = toolAt({ url: system.url }, { effect: EFFECT });
  expect(await runner.run(tool, DAY, ANA, stop.signal)).toMatchObject({
    code: "aborted",
    mayHaveHappened: true,
  });
});

test("knows that nothing was sent where nobody listens, and asks once more", async () => {
  const closed = createServer();
  await new Promise<void>((done) => closed.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise((done) => closed.close(done));
  const { runner, slept } = runnerFor({ allowed: [host] });
  const tool = toolAt({ url: `http://${host}/`, method: "POST" }, { effect: EFFECT });
  expect(await runner.run(tool, DAY, ANA, never)).toEqual({
    ok: false,
    code: "connection",
    mayHaveHappened: false,
  });
  expect(slept).toEqual([150]);
});

test.each([
  "http://127.0.0.1:9/",
  "http://localhost:9/",
  "http://[::1]:9/",
  "http://169.254.169.254/latest/meta-data/",
  "http://10.0.0.1/",
  "https://192.168.0.1/",
  "https://localhost:9/",
  "https://0.0.0.0/",
  "https://[::ffff:127.0.0.1]/",
  "https://2130706433/",
  "http://example.com/",
])("calls nothing at %s", async (url) => {
  const { runner } = runnerFor();
  const outcome = await runner.run(toolAt({ url, method: "POST" }, { effect: EFFECT }), DAY, ANA, never);
  expect(outcome).toEqual({ ok: false, code: "refused_address", mayHaveHappened: false });
});

test("asks a resolver where the platform's fetch does not check, for each call", async () => {
  const asked: string[] = [];
  const { runner } = runnerFor({
    resolve: async (name) => {
      asked.push(name);
      return ["93.184.215.14", "10.0.0.7"];
    },
  });
  const tool = toolAt({ url: "https://rebound.example/" });
  expect(await runner.run(tool, DAY, ANA, never)).toMatchObject({ code: "refused_address" });
  expect(asked).toEqual(["rebound.example"]);
});

test("leaves a system alone that keeps failing, tries again later, and no other company's", async () => {
  let status = 500;
  const system = await startSystem((request, response, n) => json({}, status)(request, response, n));
  const { runner, time } = runnerFor({ allowed: [system.host] });
  const tool = toolAt({ url: system.url });
  const run = async (behalf = ANA) => {
    const outcome = await runner.run(tool, DAY, behalf, never);
    return outcome.ok ? "ok" : outcome.code;
  };
  for (let n = 0; n < 5; n++) expect(await run()).toBe("http_500");
  expect(await run()).toBe("circuit_open");
  expect(await run({ ...ANA, tenant: { id: "t2", phoneNumberId: "200" } })).toBe("http_500");
  expect(system.received).toHaveLength(6);
  time.nowMs += 15_000;
  expect(await run()).toBe("http_500");
  expect(await run()).toBe("circuit_open");
  time.nowMs += 15_000;
  status = 200;
  expect(await run()).toBe("ok");
  expect(await run()).toBe("ok");
});

test("a platform's fetch says why a connection failed, and refuses what a name resolves to", async () => {
  await expect(createPublicFetch([])("https://localhost:9/")).rejects.toMatchObject({
    message: "fetch failed",
    cause: { name: "RefusedAddressError" },
  });
  const system = await startSystem(json({}));
  const answer = await createPublicFetch([system.host])(`${system.url}/a`, { method: "PATCH", body: "é" });
  expect(answer.status).toBe(200);
  expect(system.received[0]).toMatchObject({ method: "PATCH", body: "é" });
  onTestFinished(() => answer.body?.cancel());
});
