import { createNotifyWebhook } from "../../lib/adapters/notify-webhook.ts";
import { sentryEndpoint } from "../../lib/adapters/sentry.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { statusOf } from "../../lib/http/call.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import { createOrderSystem, createRecordsOf } from "../../lib/tools/records.ts";
import { failed, type Outcome, ok } from "./finding.ts";

/** Posts an empty message to the Slack webhook: a valid one answers 400, a deleted one 404. */
export async function checkSlack(url: string, signal: AbortSignal): Promise<Outcome> {
  const status = await statusOf(url, { method: "POST", body: "{}", signal });
  if (isOk(status) || status === 400) return ok("reachable");
  return failed(`Slack answers HTTP ${status}`, "create a new incoming webhook and set SLACK_WEBHOOK_URL");
}

/** Posts a test notification, signed like every other. */
export async function checkNotifyWebhook(url: string, secret: string | null): Promise<Outcome> {
  const log = createLog("error");
  const webhook = createNotifyWebhook({ url, secret, consoleUrl: null, log, clock: systemClock });
  const about = { tenantId: null, page: "alerts", runbook: null } as const;
  const told = await webhook.alert({ title: "Test", detail: "A test by npm run doctor", ...about });
  if (told) return ok("takes notifications");
  return failed("it did not answer 2xx to a test notification", "check NOTIFY_WEBHOOK_URL and its receiver");
}

/** Posts an empty batch of traces. */
export async function checkOtlp(endpoint: string, signal: AbortSignal): Promise<Outcome> {
  const status = await statusOf(`${endpoint}/v1/traces`, {
    method: "POST",
    json: { resourceSpans: [] },
    signal,
  });
  if (isOk(status)) return ok("accepts traces");
  return failed(
    `the collector answers HTTP ${status}`,
    "set OTEL_EXPORTER_OTLP_ENDPOINT to its OTLP/HTTP base address, usually port 4318",
  );
}

/** Posts an empty envelope. */
export async function checkSentry(dsn: string, signal: AbortSignal): Promise<Outcome> {
  const { url, headers } = sentryEndpoint(dsn);
  const status = await statusOf(url, { method: "POST", headers, body: "{}\n", signal });
  if (isOk(status)) return ok("accepts errors");
  return failed(
    `Sentry answers HTTP ${status}`,
    "set SENTRY_DSN to the DSN of the project's settings → Client Keys",
  );
}

const isOk = (status: number): boolean => status >= 200 && status < 300;

/** Whether the company's own system answers a request that is signed as the bot signs it. */
export async function checkOrders(url: string, secret: string, signal: AbortSignal): Promise<Outcome> {
  const none = { variable: () => undefined, log: { warn: () => undefined } };
  const { tool, runner } = createOrderSystem({ ...none, url, secret, fetch, clock: systemClock });
  const records = createRecordsOf(runner, { tool, runner })({ id: "doctor", phoneNumberId: "0" });
  await records?.orders({ phone: "10000000000", waUserId: null }, null, signal);
  return ok("answers a signed request");
}
