import { listen, stopListening } from "../host/server/listen.ts";
import type { FaultRule, GraphRequest } from "./graph/faults.ts";
import { createMeta, type Meta } from "./graph/meta.ts";
import type { GraphOptions } from "./graph/options.ts";
import type { GraphEvent, SentMessage } from "./graph/outbox.ts";
import type { People } from "./graph/people.ts";
import type { ReportedStatus } from "./graph/status-body.ts";
import type { StatusMode } from "./graph/statuses.ts";

export type { GraphOptions } from "./graph/options.ts";

export interface Graph extends Pick<People, "identify" | "setWindow"> {
  port: number;
  /** For `WHATSAPP_API_BASE_URL`. */
  url: string;
  /** Every request to `/messages`, accepted or not. */
  requests: GraphRequest[];
  /** Every accepted message, in order. */
  sent: SentMessage[];
  /** Files: what a person sends is put there and named in a webhook; requests about files, with their headers. */
  media: Meta["media"];
  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: GraphEvent) => void): () => void;
  /** Makes requests go wrong by a rule, until another rule or null is set. */
  setFault(rule: FaultRule | null): void;
  setStatuses(mode: StatusMode): void;
  /** Reports every message to this person as failed, with 131026 or another code, until null is set. */
  setUndeliverable(person: string, errorCode?: number | null): void;
  /** Counts a message from a person towards the number's throughput. */
  noteInbound(phoneNumberId: string): void;
  /** Posts one status report of a sent message by hand. */
  report(waMessageId: string, status: ReportedStatus, errorCode?: number): Promise<void>;
  /** Resolves when all status reports begun so far were posted. */
  statusesSettled(): Promise<void>;
  close(): Promise<void>;
}

/** A pretend Graph API on loopback: takes what Meta takes, refuses what Meta refuses, reports statuses, signed. */
export async function startGraph(options: GraphOptions): Promise<Graph> {
  const stopping = new AbortController();
  const { app, outbox, people, pace, faults, reporter, requests, media } = createMeta(
    options,
    stopping.signal,
  );
  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url,
    requests,
    sent: outbox.sent,
    media,
    identify: people.identify,
    setWindow: people.setWindow,
    setUndeliverable: (person, errorCode = 131_026) => people.setUndeliverable(person, errorCode),
    noteInbound: pace.noteInbound,
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
