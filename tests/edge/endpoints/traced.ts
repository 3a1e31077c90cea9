import { waitUntil } from "@vercel/functions";
import { generateObject } from "ai";
import { z } from "zod";
import { createLog } from "../../../lib/telemetry/log.ts";
import { traceRequest } from "../../../lib/telemetry/request.ts";
import { startTelemetry } from "../../../lib/telemetry/setup.ts";
import { currentTraceId, span } from "../../../lib/telemetry/span.ts";

/** An endpoint for the edge runner: answers at once, works after it, and traces both. */
export const config = { runtime: "edge" };

const shape = z.object({ name: z.string() });

export default function handle(request: Request): Promise<Response> {
  void startTelemetry({ endpoint: process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null, serviceName: "edge" });
  return traceRequest({ name: "GET /traced", waitUntil, log: createLog("error") }, async (schedule) => {
    schedule(() => span("turn", {}, async () => void (await fetch(`${process.env.ECHO_URL}/after`))));
    const { name } = shape.parse(Object.fromEntries(new URL(request.url).searchParams));
    return Response.json({ name, traceId: currentTraceId(), model: typeof generateObject, eval: canEval() });
  });
}

function canEval(): boolean {
  try {
    // biome-ignore lint/security/noGlobalEval: shows that the runner refuses it
    return eval("true");
  } catch {
    return false;
  }
}
