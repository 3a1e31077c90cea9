import { afterEach, expect, test } from "vitest";
import { createErrorReporter, withErrorReports } from "../../lib/adapters/sentry.ts";
import { endpoint } from "../../lib/http/endpoint.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import { traceRequest } from "../../lib/telemetry/request.ts";
import type { Clock } from "../../lib/types/clock.ts";
import { startSentrySink } from "./sentry-sink.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

let nowMs = Date.UTC(2026, 10, 22);
const CLOCK: Clock = { now: () => nowMs, sleep: () => Promise.resolve() };

/** A Sentry of our own, and the log that reports to it. */
async function startSink(answer?: () => number | "reset") {
  const { arrived, dsn, close } = await startSentrySink(answer);
  closers.push(close);
  const works: Promise<unknown>[] = [];
  const report = createErrorReporter({ dsn, clock: CLOCK, waitUntil: (work) => works.push(work) });
  const log = withErrorReports(
    createLog("error", () => {}),
    report,
  );
  return { arrived, log, settled: () => Promise.all(works.splice(0)) };
}

test("an error of the log arrives as an envelope of the project, with its fields", async () => {
  const { arrived, log, settled } = await startSink();
  log.error("turn.failed", {
    code: "http_500",
    conversation: "0199aaaa-0000-7000-8000-0000deadbeef",
    ms: 12,
  });
  await settled();
  expect(arrived[0]?.path).toBe("/prefix/api/42/envelope/");
  expect(arrived[0]?.headers).toMatchObject({
    "content-type": "application/x-sentry-envelope",
    "x-sentry-auth": expect.stringMatching(/^Sentry sentry_version=7, .*sentry_key=public-key$/),
  });
  const [header, item, event] = arrived[0]?.lines ?? [];
  expect(header).toEqual({ event_id: event?.event_id, sent_at: "2026-11-22T00:00:00.000Z" });
  expect(item).toEqual({ type: "event" });
  expect(event).toMatchObject({
    event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    level: "error",
    message: "turn.failed http_500",
    fingerprint: ["turn.failed", "http_500"],
    extra: { code: "http_500", conversation: "0199aaaa-0000-7000-8000-0000deadbeef", ms: 12 },
  });
});

test("what is no error is not reported", async () => {
  const { arrived, log, settled } = await startSink();
  log.warn("send.repeated");
  log.info("webhook.received", { messages: 1 });
  log.debug("x");
  await settled();
  expect(arrived).toEqual([]);
});

test("phone numbers, addresses and tokens stay out", async () => {
  const { arrived, log, settled } = await startSink();
  log.error("call +51 987 654 321", { a: "51987654321", b: 51987654321, c: ["ana@example.com"] });
  await settled();
  expect(arrived).toHaveLength(1);
  expect(arrived[0]?.body).not.toMatch(/987 ?654|ana@/);
});

test("an endpoint that throws is reported with its frames and without a word of the message", async () => {
  const { arrived, log, settled } = await startSink();
  const handler = endpoint(() => ({ log }), {
    GET: () => {
      throw new TypeError("Ana wrote: mi clave es zanahoria\n    at zanahoria (zanahoria.ts:1:1)");
    },
  });
  const response = await handler(new Request("http://localhost/"));
  await settled();
  const event = arrived[0]?.lines[2];
  expect(event).toMatchObject({
    fingerprint: ["request.failed", "type_error"],
    extra: { request_id: response.headers.get("x-request-id") },
    exception: { values: [{ type: "type_error", value: "request.failed" }] },
  });
  expect(arrived[0]?.body).toContain("sentry.test.ts");
  expect(arrived[0]?.body).not.toMatch(/zanahoria|Ana/);
});

test("work after the response that throws is reported", async () => {
  const { arrived, log, settled } = await startSink();
  const background: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => background.push(work);
  await traceRequest({ name: "webhook", waitUntil, log }, async (schedule) => {
    schedule(() => Promise.reject(new RangeError("zanahoria")));
    return new Response();
  });
  await Promise.all(background);
  await settled();
  expect(arrived[0]?.lines[2]).toMatchObject({ message: "background.failed range_error" });
  expect(arrived[0]?.body).not.toContain("zanahoria");
});

test.each([429, 403, 500, "reset"] as const)("after %s it is left alone for a minute", async (answer) => {
  const answers: (number | "reset")[] = [answer];
  const { arrived, log, settled } = await startSink(() => answers.shift() ?? 200);
  log.error("one");
  await settled();
  nowMs += 59_999;
  log.error("two");
  await settled();
  nowMs += 1;
  log.error("three");
  await settled();
  expect(arrived.map(({ lines }) => lines[2]?.message)).toEqual(["one", "three"]);
});

test("a storm of errors sends ten at once and no more", async () => {
  const { arrived, log, settled } = await startSink();
  for (let n = 0; n < 50; n++) log.error("webhook.not_stored");
  await settled();
  expect(arrived).toHaveLength(10);
  log.error("webhook.not_stored");
  await settled();
  expect(arrived).toHaveLength(11);
});

test("a failure on the way never reaches whoever reports", async () => {
  const report = createErrorReporter({
    dsn: "http://key@127.0.0.1/1",
    clock: CLOCK,
    waitUntil() {
      throw new Error("no request context");
    },
    fetch: () => Promise.reject(new Error("x")),
  });
  const log = withErrorReports(
    createLog("error", () => {}),
    report,
  );
  expect(() => log.error("turn.failed")).not.toThrow();
});
