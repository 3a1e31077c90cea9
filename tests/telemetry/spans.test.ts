import { trace } from "@opentelemetry/api";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../../lib/telemetry/log.ts";
import { traceRequest } from "../../lib/telemetry/request.ts";
import { flushTelemetry, startTelemetry } from "../../lib/telemetry/setup.ts";
import { currentTraceId, span } from "../../lib/telemetry/span.ts";
import { createStages } from "../../lib/telemetry/stages.ts";
import { gate } from "../support/gate.ts";
import { type OtlpSink, startOtlpSink, type WireSpan } from "../support/otlp.ts";

const SECRETS = [
  "51987654321",
  "¿Dónde está mi pedido",
  "wamid.HBgLNTE",
  "sk-verysecretkey0001",
  "ana@example.com",
];
const TEXT = SECRETS.join(" ");

let sink: OtlpSink;
const log = createLog("error");

beforeAll(async () => {
  sink = await startOtlpSink();
  await startTelemetry({ endpoint: `${sink.url}/`, serviceName: "chasqui-test", headers: "x-api-key=a%20b" });
});
beforeEach(() => sink.clear());
afterAll(() => sink.close());

const named = (name: string): WireSpan => {
  const found = sink.spans().find((span) => span.name === name);
  if (!found) throw new Error(`no span ${name} among ${sink.spans().map((span) => span.name)}`);
  return found;
};

/** Keeps what is handed to `waitUntil`, as the platform does. */
function tracker() {
  const pending: Promise<unknown>[] = [];
  return {
    waitUntil: (promise: Promise<unknown>) => void pending.push(promise),
    drain: () => Promise.all(pending),
  };
}

test("spans nest, carry their attributes and arrive at /v1/traces with the configured headers", async () => {
  await span("outer", { "chasqui.stage": "outer" }, () => span("inner", {}, async () => {}));
  await flushTelemetry();
  expect(named("inner")).toMatchObject({
    parentSpanId: named("outer").spanId,
    traceId: named("outer").traceId,
  });
  expect(named("outer").attributes).toMatchObject({ "chasqui.stage": "outer" });
  expect(sink.requests()[0]).toMatchObject({ path: "/v1/traces", headers: { "x-api-key": "a b" } });
});

test("stages are spans and add up their milliseconds, also when they fail", async () => {
  const times = [0, 10, 20, 50, 60, 100.26];
  const stages = createStages(() => times.shift() ?? 0);
  await stages.run("classify", async () => {});
  await stages.run("classify", async () => {}, { "chasqui.intent": "greeting" });
  await expect(stages.run("send", () => Promise.reject(new Error(TEXT)))).rejects.toThrow();
  stages.add("verify", 1.5);
  await flushTelemetry();
  expect(stages.ms).toEqual({ classify: 40, send: 40.3, verify: 1.5 });
  expect(named("send").attributes).toMatchObject({ "chasqui.stage": "send", "error.type": "error" });
});

test("a failure is recorded by its code, never by its message", async () => {
  const failure = Object.assign(new Error(TEXT), { statusCode: 429 });
  await expect(span("failing", {}, () => Promise.reject(failure))).rejects.toBe(failure);
  await flushTelemetry();
  expect(named("failing").status).toEqual({ code: 2, message: "http_429" });
  expectNoSecrets();
});

test("one trace holds the response and the work after it, sent when waitUntil settles", async () => {
  const { waitUntil, drain } = tracker();
  const shortEnded = gate();
  let duringRequest: string | null = null;
  const response = await traceRequest(
    { name: "POST /webhook", attributes: { "http.route": "/webhook" }, waitUntil, log },
    async (schedule) => {
      duringRequest = currentTraceId();
      schedule(() => span("turn short", {}, async () => {}).finally(() => shortEnded.open()));
      schedule(() =>
        span("turn long", {}, async (active) => {
          await shortEnded.promise;
          // Lost if the end of the other turn had ended this one too.
          active.setAttribute("chasqui.rung", "full");
          await span("classify", {}, async () => {});
        }),
      );
      return span("receive", {}, async () => new Response("ok"));
    },
  );
  expect(response.status).toBe(200);
  await drain();
  const spans = sink.spans();
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([duringRequest]));
  expect(named("receive").parentSpanId).toBe(named("POST /webhook").spanId);
  expect(named("background").parentSpanId).toBe(named("POST /webhook").spanId);
  expect(named("classify").parentSpanId).toBe(named("turn long").spanId);
  expect(named("turn long").attributes).toMatchObject({ "chasqui.rung": "full" });
  expect(named("POST /webhook").attributes).toMatchObject({ "http.response.status_code": 200 });
});

test("work that fails after the response neither rejects waitUntil nor keeps others from finishing", async () => {
  const { waitUntil, drain } = tracker();
  let finished = false;
  await traceRequest({ name: "request", waitUntil, log }, async (schedule) => {
    schedule(() => Promise.reject(new Error(TEXT)));
    schedule(async () => {
      finished = true;
    });
    return new Response();
  });
  await drain();
  expect(finished).toBe(true);
  expectNoSecrets();
});

test("a request that throws is recorded and sent", async () => {
  const { waitUntil, drain } = tracker();
  await expect(
    traceRequest({ name: "broken", waitUntil, log }, () => Promise.reject(new TypeError(TEXT))),
  ).rejects.toThrow(TypeError);
  await drain();
  expect(named("broken").attributes).toMatchObject({ "error.type": "type_error" });
});

test("whatever libraries put into a span leaves it without texts, numbers and secrets", async () => {
  await span("tool 51987654321", { "chasqui.note": TEXT, "ai.prompt.messages": TEXT }, async (active) => {
    active.setAttributes({
      "gen_ai.input.messages": TEXT,
      "ai.toolCall.args": TEXT,
      "http.url": `https://x/${TEXT}`,
    });
    active.setAttributes({ "gen_ai.request.model": "gpt-4o-mini-2024-07-18", "ai.usage.outputTokens": 17 });
    active.recordException(new RangeError(TEXT));
    active.addEvent(`sent to 51987654321`, { body: TEXT, "chasqui.to": "51987654321" });
    active.setStatus({ code: 2, message: TEXT });
  });
  await flushTelemetry();
  const [found] = sink.spans();
  expect(found?.attributes).toMatchObject({
    "gen_ai.request.model": "gpt-4o-mini-2024-07-18",
    "ai.usage.outputTokens": 17,
  });
  expect(found?.events[0]).toEqual({ name: "exception", attributes: { "exception.type": "RangeError" } });
  expect(found?.name).toBe("tool [number]");
  // The text itself stands only in an attribute of our own, where masking is all that can be done: hence codes only.
  expectNoSecrets(["¿Dónde está mi pedido"]);
});

function expectNoSecrets(except: string[] = []): void {
  const wire = sink.bodies().join("\n");
  for (const secret of SECRETS.filter((text) => !except.includes(text))) expect(wire).not.toContain(secret);
}

test("a collector that fails or hangs holds up nobody beyond the bound and loses no later span", async () => {
  sink.answer(500);
  await span("refused", {}, async () => {});
  await flushTelemetry();
  sink.answer("hang");
  await span("hung", {}, async () => {});
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const flushed = flushTelemetry();
  await vi.advanceTimersByTimeAsync(3_000);
  await flushed;
  vi.useRealTimers();
  sink.answer(200);
  await span("after", {}, async () => {});
  await flushTelemetry();
  expect(named("after").name).toBe("after");
});

test("starting twice changes nothing, and there is no trace id outside of a span", async () => {
  const before = trace.getTracerProvider();
  await startTelemetry({ endpoint: null, serviceName: "other" });
  expect(trace.getTracerProvider()).toBe(before);
  expect(currentTraceId()).toBeNull();
});
