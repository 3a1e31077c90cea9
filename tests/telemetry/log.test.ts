import fc from "fast-check";
import { expect, test } from "vitest";
import { createLog, type LogFields, type LogLevel } from "../../lib/telemetry/log.ts";
import { startTelemetry } from "../../lib/telemetry/setup.ts";
import { currentTraceId, span } from "../../lib/telemetry/span.ts";

function capture(level: LogLevel = "debug") {
  const lines: string[] = [];
  return {
    log: createLog(level, (line) => lines.push(line)),
    lines,
    parsed: () => lines.map((line) => JSON.parse(line)),
  };
}

test("writes one JSON line with time, level, event and fields", () => {
  const { log, parsed } = capture();
  log.info("turn.finished", { ms: 1_250.5, rung: "full", held: true, code: null, errors: ["http_429"] });
  expect(parsed()).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      level: "info",
      event: "turn.finished",
      ms: 1_250.5,
      rung: "full",
      held: true,
      code: null,
      errors: ["http_429"],
    },
  ]);
});

test("keeps the level asked for and everything graver", () => {
  const { log, parsed } = capture("warn");
  for (const level of ["debug", "info", "warn", "error"] as const) log[level]("x");
  expect(parsed().map(({ level }) => level)).toEqual(["warn", "error"]);
});

test("carries the trace and span it was written in", async () => {
  await startTelemetry({ endpoint: "http://127.0.0.1:1", serviceName: "test" });
  const { log, parsed } = capture();
  const traceId = await span("turn", {}, async () => {
    log.info("inside");
    return currentTraceId();
  });
  log.info("outside");
  expect(parsed()[0]).toMatchObject({ trace_id: traceId, span_id: expect.stringMatching(/^[0-9a-f]{16}$/) });
  expect(parsed()[1]).not.toHaveProperty("trace_id");
});

test("fields cannot pass for the line's own", () => {
  const { log, parsed } = capture();
  log.info("real", { level: "error", event: "forged", time: "never", trace_id: "x" });
  expect(parsed()[0]).toMatchObject({ level: "info", event: "real" });
});

test("is always one line of JSON, redacted, whatever it is given", () => {
  const value = fc.oneof(
    fc.string(),
    fc.double(),
    fc.bigInt({ min: 10n ** 9n, max: 10n ** 15n }).map(Number),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
  );
  const fields: fc.Arbitrary<LogFields> = fc.dictionary(fc.string(), value);
  fc.assert(
    fc.property(fc.string(), fields, (event, given) => {
      const { log, lines } = capture();
      log.warn(event, { ...given, phone: "51987654321", list: ["+51 987 654 321"] });
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain("\n");
      expect(lines[0]).not.toMatch(/987 ?654 ?321/);
      expect(() => JSON.parse(lines[0] ?? "")).not.toThrow();
    }),
  );
});

test("a log that cannot be written throws nothing", () => {
  const log = createLog("info", () => {
    throw new Error("EPIPE");
  });
  expect(() => log.error("x")).not.toThrow();
});
