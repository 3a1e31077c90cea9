import { sentryEndpoint } from "../../lib/adapters/sentry.ts";
import { failed, type Outcome, ok } from "./finding.ts";

/** Posts nothing to the Slack webhook: a good one complains about the empty message, a dead one is not found. */
export async function checkSlack(url: string, signal: AbortSignal): Promise<Outcome> {
  const response = await fetch(url, { method: "POST", body: "{}", signal });
  await response.arrayBuffer();
  if (response.ok || response.status === 400) return ok("reachable");
  return failed(
    `Slack answers HTTP ${response.status}`,
    "make a new incoming webhook and set SLACK_WEBHOOK_URL",
  );
}

/** Posts an empty batch of traces. */
export async function checkOtlp(endpoint: string, signal: AbortSignal): Promise<Outcome> {
  const response = await fetch(`${endpoint}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ resourceSpans: [] }),
    signal,
  });
  await response.arrayBuffer();
  if (response.ok) return ok("takes traces");
  return failed(
    `the collector answers HTTP ${response.status}`,
    "set OTEL_EXPORTER_OTLP_ENDPOINT to its OTLP/HTTP base address, usually port 4318",
  );
}

/** Posts an envelope with nothing in it. */
export async function checkSentry(dsn: string, signal: AbortSignal): Promise<Outcome> {
  const { url, headers } = sentryEndpoint(dsn);
  const response = await fetch(url, { method: "POST", headers, body: "{}\n", redirect: "error", signal });
  await response.arrayBuffer();
  if (response.ok) return ok("takes errors");
  return failed(
    `Sentry answers HTTP ${response.status}`,
    "set SENTRY_DSN to the DSN of the project's settings → Client Keys",
  );
}
