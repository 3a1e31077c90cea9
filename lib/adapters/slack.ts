import { call } from "../http/call.ts";
import { asCallError, CallError } from "../http/call-error.ts";
import { retry } from "../http/retry.ts";
import type { Log } from "../telemetry/log.ts";
import { redact } from "../telemetry/redact.ts";
import type { Absence, AlertNotice, Notifier } from "../types/notifier.ts";
import { type AlertLinks, NO_LINKS } from "./alert-links.ts";

const TIMEOUT_MS = 3_000;

/** Notifies a Slack channel (incoming webhook) of handoffs and alerts, without the customer's words or number; null: does nothing. */
export function createNotifier(options: {
  slackWebhookUrl: string | null;
  /** Where alerts lead; absent: nowhere. */
  links?: AlertLinks;
  fetch?: typeof fetch;
  log: Log;
  timeoutMs?: number;
}): Notifier {
  const { slackWebhookUrl, log, links = NO_LINKS, timeoutMs = TIMEOUT_MS } = options;
  async function notify(text: string): Promise<boolean> {
    if (slackWebhookUrl === null) return false;
    const request = { method: "POST", json: { text }, timeoutMs, maxBytes: 0, fetch: options.fetch } as const;
    const result = await retry(() => call(slackWebhookUrl, request), {
      attempts: 2,
      onFailure: ({ code }, attempt) => log.warn("notify.failed", { code, attempt }),
    }).catch(asCallError);
    return !(result instanceof CallError);
  }
  return {
    handoff: async (notice) => notice.silent === true || notify(handoffText(notice)),
    alert: (notice) => notify(alertText(notice, links)),
    absence: (absence) => notify(absenceLine(absence)),
  };
}

function alertText(notice: AlertNotice, links: AlertLinks): string {
  const said = `*WhatsApp*: ${escapeSlack(redact(notice.title))} (${escapeSlack(redact(notice.detail))}).`;
  const page = links.page(notice);
  const runbook = links.runbook(notice);
  return [
    said,
    ...(page === null ? [] : [`<${page.url}|${page.name}>`]),
    ...(runbook === null ? [] : [URL.canParse(runbook) ? `<${runbook}|Runbook>` : runbook]),
  ].join(" ");
}

const HOUR_S = 3_600;

function absenceLine({ kind, companyName, count, longestS }: Absence): string {
  const waits = count === 1 ? "a customer still waits" : `${count} customers still wait`;
  const back = count === 1 ? "a conversation went back" : `${count} conversations went back`;
  const what =
    kind === "untaken" ? `${waits} for a person` : `${back} to the bot because no operator answered`;
  const long =
    longestS < 2 * HOUR_S ? `${Math.round(longestS / 60)} minutes` : `${Math.round(longestS / HOUR_S)} hours`;
  const how = kind === "untaken" ? `for ${long}; npm run handoffs` : `after ${long}`;
  return `*WhatsApp*: ${escapeSlack(redact(companyName))}: ${what} (${how}).`;
}

function handoffText(notice: Parameters<Notifier["handoff"]>[0]): string {
  const company = escapeSlack(redact(notice.companyName));
  const reason = escapeSlack(redact(notice.reason.replaceAll("_", " ")));
  const conversation = notice.conversationId.slice(-8);
  return `*${company}*: a customer is waiting for a person (${reason}, language ${notice.language}, conversation …${conversation}).`;
}

/** Slack reads `&`, `<` and `>` as markup: https://api.slack.com/reference/surfaces/formatting#escaping */
const escapeSlack = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
