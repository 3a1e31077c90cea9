import { listen, stopListening } from "../../host/server/listen.ts";
import type { AccountState } from "./account.ts";
import type { Customers } from "./customers.ts";
import type { GraphFaultRule, GraphRequest } from "./faults.ts";
import { createMeta, type Meta } from "./meta.ts";
import type { GraphOptions } from "./options.ts";
import type { GraphEvent, SentMessage } from "./outbox.ts";
import type { RefusedPart } from "./refused-parts.ts";
import type { ReportedStatus } from "./status-body.ts";
import type { StatusMode } from "./statuses.ts";

export type { GraphOptions } from "./options.ts";

export interface Graph extends Pick<Customers, "identify" | "setWindow"> {
  port: number;
  /** For `WHATSAPP_API_BASE_URL`. */
  url: string;
  /** Every request to `/messages`, accepted or not. */
  requests: GraphRequest[];
  /** Every accepted message, in order. */
  sent: SentMessage[];
  /** Files of customers, to be named in a webhook, and all requests about files with their headers. */
  media: Meta["media"];
  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: GraphEvent) => void): () => void;
  /** Makes requests to `/messages` fail by a rule, until another rule or null is set. */
  setFault(rule: GraphFaultRule | null): void;
  /** Says this of the tokens and the account, and all else as it should be. */
  setAccount(state: Partial<AccountState>): void;
  /** Refuses messages with these parts, at once or in a report, until other parts or none are set. */
  setRefused(parts: readonly RefusedPart[]): void;
  setStatuses(mode: StatusMode): void;
  /** Reports every message to this customer as failed, with 131026 or another code, until null is set. */
  setUndeliverable(customer: string, metaCode?: number | null): void;
  /** Counts a message from a customer towards the number's throughput. */
  noteInbound(phoneNumberId: string): void;
  /** Posts one status report of a sent message by hand. */
  report(waMessageId: string, status: ReportedStatus, metaCode?: number): Promise<void>;
  /** Resolves when all status reports started so far have been posted. */
  statusesReported(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Graph API stand-in on loopback: accepts and refuses messages as Meta does, and sends signed status reports. */
export async function startGraph(options: GraphOptions): Promise<Graph> {
  const stopping = new AbortController();
  const meta = createMeta(options, stopping.signal);
  const { app, outbox, customers, rates, refused, faults, reporter, requests, media, setAccount } = meta;
  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url,
    requests,
    sent: outbox.sent,
    media,
    identify: customers.identify,
    setWindow: customers.setWindow,
    setUndeliverable: (customer, metaCode = 131_026) => customers.setUndeliverable(customer, metaCode),
    noteInbound: rates.noteInbound,
    subscribe: outbox.subscribe,
    setFault: faults.set,
    setAccount,
    setRefused: refused.set,
    setStatuses: reporter.setMode,
    async report(waMessageId, status, metaCode) {
      const message = outbox.sent.find((candidate) => candidate.waMessageId === waMessageId);
      if (!message) throw new Error("the Graph API stand-in sent no message with this id");
      await reporter.report(message, status, metaCode);
    },
    statusesReported: reporter.settled,
    async close() {
      stopping.abort();
      await reporter.close();
      await stopListening(server);
    },
  };
}
