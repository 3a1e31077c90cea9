import { setTimeout as sleep } from "node:timers/promises";
import { deliverWebhook, webhookBody } from "../meta-webhook.ts";

/** How the pretend Graph API reports on what it sent: in order, not at all, or out of order and one of them twice. */
export type StatusMode = "auto" | "none" | "shuffled";

export type ReportedStatus = "sent" | "delivered" | "read" | "failed";

/** Milliseconds between accepting a message, or its last report, and the report of each status. */
export type StatusDelays = Record<"sent" | "delivered" | "read", number>;

/** What a status report needs to know of a message. */
export interface ReportedMessage {
  waMessageId: string;
  phoneNumberId: string;
  /** Digits, or null when it was addressed by user id. */
  phone: string | null;
  waUserId: string | null;
  opaqueId: string | null;
}

export interface StatusReporter {
  /** Begins the reports of an accepted message. */
  follow(message: ReportedMessage): void;
  /** Posts one report at once; resolves when the webhook took it or was given up. */
  report(message: ReportedMessage, status: ReportedStatus, errorCode?: number): Promise<void>;
  setMode(mode: StatusMode): void;
  /** Resolves when every report begun so far was posted. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface StatusOptions {
  mode: StatusMode;
  delaysMs: StatusDelays;
  appSecret: string;
  /** Null: nobody is subscribed. */
  webhookUrl: () => string | null;
  /** A webhook that does not answer 200 gets the report again after each of these waits. */
  redeliveryWaitsMs?: readonly number[];
  onStatus: (message: ReportedMessage, status: ReportedStatus) => void;
}

const REDELIVERY_WAITS_MS = [100, 200, 400, 800];

/** Sends signed status webhooks as Meta does. */
export function createStatusReporter(options: StatusOptions): StatusReporter {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const redeliveryWaitsMs = options.redeliveryWaitsMs ?? REDELIVERY_WAITS_MS;
  let mode = options.mode;

  const report = async (message: ReportedMessage, status: ReportedStatus, errorCode?: number) => {
    options.onStatus(message, status);
    const body = statusBody(message, status, errorCode);
    for (const waitMs of [...redeliveryWaitsMs, null]) {
      const url = options.webhookUrl();
      if (url === null) return;
      const response = await deliverWebhook(url, body, options.appSecret, stopping.signal).catch(() => null);
      await response?.arrayBuffer().catch(() => null);
      if (response?.status === 200 || waitMs === null) return;
      await sleep(waitMs, undefined, { signal: stopping.signal, ref: false });
    }
  };
  const after = async (waitMs: number, message: ReportedMessage, status: keyof StatusDelays) => {
    await sleep(waitMs, undefined, { signal: stopping.signal, ref: false });
    await report(message, status);
  };
  const inOrder = async (message: ReportedMessage) => {
    for (const status of ["sent", "delivered", "read"] as const)
      await after(options.delaysMs[status], message, status);
  };
  const shuffled = async (message: ReportedMessage) => {
    for (const status of ["read", "sent", "delivered", "sent"] as const)
      await after(options.delaysMs[status], message, status);
  };
  return {
    follow(message) {
      if (mode === "none") return;
      const task: Promise<void> = (mode === "auto" ? inOrder(message) : shuffled(message))
        .catch(() => undefined)
        .finally(() => underWay.delete(task));
      underWay.add(task);
    },
    report,
    setMode(next) {
      mode = next;
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async close() {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

function statusBody(message: ReportedMessage, status: ReportedStatus, errorCode?: number) {
  const report = {
    id: message.waMessageId,
    status,
    timestamp: String(Math.floor(Date.now() / 1000)),
    ...(message.phone === null ? {} : { recipient_id: message.phone }),
    ...(message.waUserId === null ? {} : { recipient_user_id: message.waUserId }),
    ...(message.opaqueId === null ? {} : { biz_opaque_callback_data: message.opaqueId }),
    ...(errorCode === undefined ? {} : { errors: [{ code: errorCode, title: "Message undeliverable" }] }),
    ...(status === "sent" ? { pricing: { pricing_model: "PMP", type: "regular", category: "service" } } : {}),
  };
  return webhookBody(message.phoneNumberId, { statuses: [report] });
}
