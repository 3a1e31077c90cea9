import { graphApp } from "./graph/app.ts";
import { createFaults, type FaultRule, type GraphRequest } from "./graph/faults.ts";
import { createOutbox, type GraphEvent, type SentMessage } from "./graph/outbox.ts";
import {
  createStatusReporter,
  type ReportedStatus,
  type StatusDelays,
  type StatusMode,
} from "./graph/statuses.ts";
import { listen, stopListening } from "./listen.ts";

export interface GraphOptions {
  port?: number;
  accessToken: string;
  phoneNumberIds: readonly string[];
  appSecret: string;
  /** Where status reports go; null or absent: nowhere. */
  webhookUrl?: () => string | null;
  /** `auto` when absent. */
  statuses?: StatusMode;
  statusDelaysMs?: StatusDelays;
  /** Waits before a status report that the webhook did not take is posted again. */
  redeliveryWaitsMs?: readonly number[];
}

export interface Graph {
  port: number;
  /** For `WHATSAPP_API_BASE_URL`. */
  url: string;
  /** Every request to `/messages`, accepted or not. */
  requests: GraphRequest[];
  /** Every accepted message, in order. */
  sent: SentMessage[];
  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: GraphEvent) => void): () => void;
  /** Makes requests go wrong by a rule, until another rule or null is set. */
  setFault(rule: FaultRule | null): void;
  setStatuses(mode: StatusMode): void;
  /** Posts one status report of a sent message by hand. */
  report(waMessageId: string, status: ReportedStatus, errorCode?: number): Promise<void>;
  /** Resolves when all status reports begun so far were posted. */
  statusesSettled(): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_DELAYS_MS: StatusDelays = { sent: 30, delivered: 150, read: 700 };

/** A pretend Graph API on loopback: takes what Meta takes, refuses what Meta refuses, reports statuses, signed. */
export async function startGraph(options: GraphOptions): Promise<Graph> {
  const stopping = new AbortController();
  const requests: GraphRequest[] = [];
  const outbox = createOutbox();
  const faults = createFaults(stopping.signal);
  const reporter = createStatusReporter({
    mode: options.statuses ?? "auto",
    delaysMs: options.statusDelaysMs ?? DEFAULT_DELAYS_MS,
    appSecret: options.appSecret,
    webhookUrl: options.webhookUrl ?? (() => null),
    ...(options.redeliveryWaitsMs ? { redeliveryWaitsMs: options.redeliveryWaitsMs } : {}),
    onStatus: (message, status) => outbox.emit({ type: "status", message, status }),
  });
  outbox.subscribe((event) => {
    if (event.type === "message") reporter.follow(event.message);
  });
  const { accessToken, phoneNumberIds } = options;
  const app = graphApp({ accessToken, phoneNumberIds, outbox, faults, requests });
  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url,
    requests,
    sent: outbox.sent,
    subscribe: outbox.subscribe,
    setFault: faults.set,
    setStatuses: reporter.setMode,
    async report(waMessageId, status, errorCode) {
      const message = outbox.sent.find((candidate) => candidate.waMessageId === waMessageId);
      if (!message) throw new Error("the pretend Graph API sent no message with this id");
      await reporter.report(message, status, errorCode);
    },
    statusesSettled: reporter.settled,
    async close() {
      stopping.abort();
      await reporter.close();
      await stopListening(server);
    },
  };
}
