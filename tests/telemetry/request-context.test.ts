import { afterAll, expect, test } from "vitest";
import { flushTelemetry, startTelemetry } from "../../lib/telemetry/setup.ts";
import { span } from "../../lib/telemetry/span.ts";
import { startOtlpSink } from "../support/otlp.ts";

const REQUEST_CONTEXT = Symbol.for("@vercel/request-context");

afterAll(() => Reflect.deleteProperty(globalThis, REQUEST_CONTEXT));

test("a platform whose request context lacks headers, and whose waitUntil takes promises only, is traced all the same", async () => {
  const given: unknown[] = [];
  const context = { waitUntil: (promise: Promise<unknown>) => void given.push(promise) };
  Reflect.set(globalThis, REQUEST_CONTEXT, { get: () => context });
  const sink = await startOtlpSink();
  await startTelemetry({ endpoint: sink.url, serviceName: "test" });
  await span("root", {}, async () => {});
  await flushTelemetry();
  await Promise.all(given);
  expect(sink.spans().map(({ name }) => name)).toEqual(["root"]);
  expect(given).toEqual([expect.any(Promise)]);
  await sink.close();
});
