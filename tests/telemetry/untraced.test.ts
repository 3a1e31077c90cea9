import { trace } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { createLog } from "../../lib/telemetry/log.ts";
import { flushTelemetry, startTelemetry } from "../../lib/telemetry/setup.ts";
import { currentTraceId, span } from "../../lib/telemetry/span.ts";
import { createStages } from "../../lib/telemetry/stages.ts";

test("without a collector nothing is traced, and stages are timed all the same", async () => {
  await startTelemetry({ endpoint: null, serviceName: "test" });
  const lines: string[] = [];
  const log = createLog("info", (line) => lines.push(line));
  let clockMs = 0;
  const stages = createStages(() => clockMs);
  const traced = await span("turn", {}, (active) =>
    stages.run("classify", async () => {
      clockMs += 7;
      log.info("inside");
      return active.isRecording() || trace.getActiveSpan()?.isRecording() || currentTraceId();
    }),
  );
  await flushTelemetry();
  expect(traced).toBeNull();
  expect(stages.ms).toEqual({ classify: 7 });
  expect(lines.join()).not.toContain("trace_id");
});
