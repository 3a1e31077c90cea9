import { call } from "../../http/call.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import { otlpHeaders, otlpUrl } from "../../telemetry/otlp.ts";
import type { Figures } from "./families.ts";
import { otlpMetrics } from "./otlp.ts";

interface SenderDeps {
  collector: { endpoint: string; headers: string; serviceName: string };
  read(): Promise<Figures>;
  log: Log;
}

/** Figures wait for nobody: what is not sent now is in the next totals. */
const TIMEOUT_MS = 5_000;

/** Sends all figures to an OTLP collector. Never throws. */
export function createFigureSender({ collector, read, log }: SenderDeps): () => Promise<void> {
  const { endpoint, headers, serviceName } = collector;
  const request = { method: "POST", headers: otlpHeaders(headers), timeoutMs: TIMEOUT_MS } as const;
  return async () => {
    try {
      await call(otlpUrl(endpoint, "metrics"), { ...request, json: otlpMetrics(await read(), serviceName) });
    } catch (error) {
      log.warn("figures.not_sent", { code: errorCode(error) });
    }
  };
}
