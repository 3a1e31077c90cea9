import { signConnectorBody } from "../crypto/sign-body.ts";
import { call } from "../http/call.ts";
import { asCallError, CallError } from "../http/call-error.ts";
import { retry } from "../http/retry.ts";
import { absenceText, openedText } from "../language/operators.ts";
import type { Log } from "../telemetry/log.ts";
import { redact } from "../telemetry/redact.ts";
import type { Clock } from "../types/clock.ts";
import type { AlertNotice, Notifier } from "../types/notifier.ts";
import { type AlertLinks, NO_LINKS } from "./alert-links.ts";

const TIMEOUT_MS = 3_000;

/** Body of a notification: what an e-mail needs. It holds no word, name or number of a customer. */
interface Notification {
  type: "handoff_opened" | "handoff_untaken" | "conversation_returned" | "alert";
  subject: string;
  text: string;
  company: string | null;
  waitingMinutes: number | null;
  consoleUrl: string | null;
  /** Of alerts that open and end: what it is about, for whoever keeps book of them; else null. */
  alert: { name: string; severity: "page" | "ticket"; state: "open" | "over" } | null;
  /** The runbook's section: an address, or the file; else null. */
  runbook: string | null;
}

/** Settings of the webhook. */
export interface NotifyWebhookOptions {
  url: string;
  /** Signs each attempt as requests to the company's system are signed (docs/connector.md); null: unsigned. */
  secret: string | null;
  /** Where operators work; null when this deployment does not know its own address. */
  consoleUrl: string | null;
  /** Where alerts lead; absent: nowhere. */
  links?: AlertLinks;
  log: Log;
  clock: Pick<Clock, "now">;
  timeoutMs?: number;
}

/** Posts notifications as JSON to an address of the company's, which may send them on by e-mail. Subjects and texts are in the company's language. */
export function createNotifyWebhook(options: NotifyWebhookOptions): Notifier {
  const { url, secret, consoleUrl, links = NO_LINKS, log, clock, timeoutMs = TIMEOUT_MS } = options;
  async function post(notification: Said): Promise<boolean> {
    const body = JSON.stringify({ consoleUrl, ...notification } satisfies Notification);
    const attempt = async () => {
      const signature = secret && (await signConnectorBody(body, secret, Math.floor(clock.now() / 1000)));
      const headers = {
        "content-type": "application/json",
        ...(signature && { "x-chasqui-signature": signature }),
      };
      return call(url, { method: "POST", headers, body, timeoutMs, maxBytes: 0 });
    };
    const result = await retry(attempt, {
      attempts: 2,
      onFailure: ({ code }, attempts) => log.warn("notify.failed", { code, attempt: attempts }),
    }).catch(asCallError);
    return !(result instanceof CallError);
  }
  const about = (company: string, subject: string) => `${redact(company)}: ${subject}`;
  return {
    async handoff({ companyName: company, companyLanguage = "en", silent = false }) {
      if (silent) return true;
      const { subject, text } = openedText(companyLanguage);
      return post({ ...base(company), type: "handoff_opened", subject: about(company, subject), text });
    },
    alert: (notice) => post(alertOf(notice, links)),
    absence(absence) {
      const { kind, companyName: company, longestS } = absence;
      const { subject, text } = absenceText(absence);
      const type = kind === "untaken" ? "handoff_untaken" : "conversation_returned";
      const waitingMinutes = Math.round(longestS / 60);
      return post({ ...base(company), type, subject: about(company, subject), text, waitingMinutes });
    },
  };
}

/** A notification without where operators work, unless it leads elsewhere. */
type Said = Omit<Notification, "consoleUrl"> & { consoleUrl?: string };

function alertOf(notice: AlertNotice, links: AlertLinks): Said {
  const { title, detail, about } = notice;
  const page = links.page(notice);
  return {
    ...{ ...base(null), type: "alert", subject: redact(title), text: redact(detail) },
    alert: about ? { name: about.name, severity: about.severity, state: about.state } : null,
    runbook: links.runbook(notice),
    ...(page === null ? {} : { consoleUrl: page.url }),
  };
}

const base = (company: string | null) => ({
  company: company === null ? null : redact(company),
  waitingMinutes: null,
  alert: null,
  runbook: null,
});

/** Notifiers as one: each is told at the same time, and none waits for another's failure. True when one was told. */
export function allOf(notifiers: readonly Notifier[]): Notifier {
  const any = async (told: Promise<boolean>[]): Promise<boolean> => (await Promise.all(told)).includes(true);
  return {
    handoff: (notice) => any(notifiers.map((each) => each.handoff(notice))),
    alert: (notice) => any(notifiers.map((each) => each.alert(notice))),
    absence: (notice) => any(notifiers.map((each) => each.absence(notice))),
  };
}
