import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import { redact } from "../telemetry/redact.ts";
import type { Notifier } from "../types/notifier.ts";

const TIMEOUT_MS = 3_000;
const ATTEMPTS = 2;

/** Tells a Slack channel (incoming webhook) of handoffs and alerts, without the customer's words or number; null: tells nobody. */
export function createNotifier(options: {
  slackWebhookUrl: string | null;
  fetch?: typeof fetch;
  log: Log;
  timeoutMs?: number;
}): Notifier {
  const { slackWebhookUrl, fetch: send = fetch, log, timeoutMs = TIMEOUT_MS } = options;
  async function tell(text: string): Promise<boolean> {
    if (slackWebhookUrl === null) return false;
    const body = JSON.stringify({ text });
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const outcome = await post(send, slackWebhookUrl, body, timeoutMs);
      if (outcome === "told") return true;
      log.warn("notify.failed", { code: outcome.code, attempt });
      if (!outcome.again) return false;
    }
    return false;
  }
  return {
    handoff: (notice) => tell(handoffText(notice)),
    alert: ({ title, detail }) =>
      tell(`*WhatsApp*: ${escapeSlack(redact(title))} (${escapeSlack(redact(detail))}).`),
  };
}

type Outcome = "told" | { code: string; again: boolean };

async function post(send: typeof fetch, url: string, body: string, timeoutMs: number): Promise<Outcome> {
  try {
    const headers = { "content-type": "application/json" };
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await send(url, { method: "POST", headers, body, signal, redirect: "error" });
    await response.body?.cancel();
    if (response.ok) return "told";
    return { code: `http_${response.status}`, again: response.status === 429 || response.status >= 500 };
  } catch (error) {
    return { code: errorCode(error), again: true };
  }
}

function handoffText(notice: Parameters<Notifier["handoff"]>[0]): string {
  const company = escapeSlack(redact(notice.companyName));
  const reason = escapeSlack(redact(notice.reason.replaceAll("_", " ")));
  const conversation = notice.conversationId.slice(-8);
  return `*${company}*: a customer waits for a person (${reason}, language ${notice.language}, conversation …${conversation}).`;
}

/** Slack reads `&`, `<` and `>` as markup: https://api.slack.com/reference/surfaces/formatting#escaping */
const escapeSlack = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
