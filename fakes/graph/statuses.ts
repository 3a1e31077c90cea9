import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { deliverWebhook } from "../../host/meta-webhook.ts";
import type { SentMessage } from "./outbox.ts";
import { type ReportedStatus, statusBody } from "./status-body.ts";

/**
 * Order of the status reports on a message: `auto` in order, `none` not at all, `shuffled` out of order with one repeated,
 * `repeated` each of them twice, `last` without those before it.
 */
export type StatusMode = "auto" | "none" | "shuffled" | "repeated" | "last";

/** Milliseconds from the acceptance or the report before to the report of each status; 0 when absent. */
export type StatusDelays = Record<"sent" | "delivered" | "read", number> & {
  played?: number;
  failed?: number;
};

export interface StatusReporter {
  /** Starts the reports on an accepted message. */
  follow(message: SentMessage): void;
  /** Posts one report at once; resolves when the webhook answered 200 or was given up. */
  report(message: SentMessage, status: ReportedStatus, metaCode?: number): Promise<void>;
  setMode(mode: StatusMode): void;
  /** Resolves when every report started so far has been posted. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface StatusOptions {
  mode: StatusMode;
  delaysMs: StatusDelays;
  /** Signs the reports about this business number. */
  appSecretOf: (phoneNumberId: string) => string;
  /** Null: no webhook is subscribed. */
  webhookUrl: () => string | null;
  /** A webhook that does not answer 200 gets the report again after each of these waits. */
  redeliveryWaitsMs?: readonly number[];
  /** Meta's pricing category of a message. */
  categoryOf: (message: SentMessage) => string;
  now: () => number;
  onStatus: (message: SentMessage, status: ReportedStatus) => void;
}

const REDELIVERY_WAITS_MS = [100, 200, 400, 800];

/** Sends signed status webhooks as Meta does. */
export function createStatusReporter(options: StatusOptions): StatusReporter {
  const stopping = new AbortController();
  // Every report in progress listens for the end, and there may be thousands.
  setMaxListeners(0, stopping.signal);
  const inProgress = new Set<Promise<void>>();
  let mode = options.mode;

  const report = async (message: SentMessage, status: ReportedStatus, metaCode?: number) => {
    options.onStatus(message, status);
    const category = options.categoryOf(message);
    const body = statusBody(message, status, { category, metaCode, nowMs: options.now() });
    await deliver(body, options.appSecretOf(message.phoneNumberId), options, stopping.signal);
  };
  const reportAll = async (message: SentMessage, statuses: readonly ReportedStatus[]) => {
    for (const status of statuses) {
      await sleep(options.delaysMs[status] ?? 0, undefined, { signal: stopping.signal, ref: false });
      await report(message, status, status === "failed" ? (message.failureCode ?? undefined) : undefined);
    }
  };
  return {
    follow(message) {
      if (mode === "none") return;
      const task: Promise<void> = reportAll(message, inOrderOf(mode, statusesOf(message)))
        .catch(() => undefined)
        .finally(() => inProgress.delete(task));
      inProgress.add(task);
    },
    report,
    setMode(next) {
      mode = next;
    },
    async settled() {
      while (inProgress.size > 0) await Promise.all(inProgress);
    },
    async close() {
      stopping.abort();
      await Promise.all(inProgress);
    },
  };
}

/** Statuses of a message: a reaction is only `sent`, and a voice message ends as `played`. */
function statusesOf({ failureCode, type, body }: SentMessage): readonly ReportedStatus[] {
  if (failureCode !== null) return ["failed"];
  if (type === "reaction") return ["sent"];
  const audio = type === "audio" ? body.audio : null;
  const isVoice = typeof audio === "object" && audio !== null && "voice" in audio && audio.voice === true;
  return ["sent", "delivered", "read", ...(isVoice ? ["played" as const] : [])];
}

function inOrderOf(mode: StatusMode, statuses: readonly ReportedStatus[]): readonly ReportedStatus[] {
  if (mode === "last") return statuses.slice(-1);
  if (mode === "repeated") return statuses.flatMap((status) => [status, status]);
  // The last first, and the first once more at the end.
  return mode === "shuffled"
    ? [...statuses.slice(-1), ...statuses.slice(0, -1), ...statuses.slice(0, 1)]
    : statuses;
}

async function deliver(
  body: object,
  appSecret: string,
  { webhookUrl, redeliveryWaitsMs = REDELIVERY_WAITS_MS }: StatusOptions,
  signal: AbortSignal,
): Promise<void> {
  for (const waitMs of [...redeliveryWaitsMs, null]) {
    const url = webhookUrl();
    if (url === null) return;
    const response = await deliverWebhook(url, body, appSecret, signal).catch(() => null);
    await response?.arrayBuffer().catch(() => null);
    if (response?.status === 200 || waitMs === null) return;
    await sleep(waitMs, undefined, { signal, ref: false });
  }
}
