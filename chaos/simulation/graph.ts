import type { Channel, Outbound, SendResult } from "../../lib/types/channel.ts";
import type { DeliveryStatus, StatusUpdate } from "../../lib/types/inbound.ts";
import { metaCodeIn } from "../../lib/whatsapp/errors.ts";
import type { Audit, Caller, Send } from "./audit.ts";
import type { FaultKind } from "./faults.ts";
import type { Loop, Process } from "./loop.ts";
import type { Random } from "./random.ts";

interface GraphOptions {
  loop: Loop;
  random: Random;
  audit: Audit;
  /** Faults that may happen now. */
  kinds(): ReadonlySet<FaultKind>;
  /** See `Plan`. */
  sendTrouble: number;
  /** True while Meta accepts free-form messages to this customer. */
  windowOpen(customer: { phone: string | null; waUserId: string | null }): boolean;
  /** Delivers a status report, as a webhook. */
  report(status: StatusUpdate): void;
  trace(what: () => string): void;
}

/** Meta's side of sending: accepts messages, answers or stays silent, and sends status reports. */
export interface GraphModel {
  channel(process: Process, caller: Caller): Channel;
}

const GIVES_UP_MS = 10_000;

/** A Graph API that has accepted no message yet. */
export function createGraph(options: GraphOptions): GraphModel {
  const { loop, random, audit, trace } = options;
  let accepted = 0;

  const accept = (message: Outbound, send: Send, metaCodes: readonly number[] = []): string => {
    accepted += 1;
    send.accepted = true;
    const reported = metaCodes.length > 0 ? FAILS : reports(random, options.kinds());
    send.failed = reported.some(([status]) => status === "failed");
    const waMessageId = `wamid.out.${accepted}`;
    trace(() => `Meta accepts ${waMessageId} (${message.opaqueId})`);
    for (const [status, delayMs] of reported) {
      const report = () => ({
        ...statusOf(message, waMessageId, status, loop.now()),
        metaCodes: [...metaCodes],
      });
      loop.after(delayMs, () => options.report(report()));
    }
    return waMessageId;
  };

  const send = (process: Process, caller: Caller, message: Outbound): Promise<SendResult> =>
    new Promise((resolve) => {
      if (process.dead) return;
      // A rate-limit notice is not a reply: it may be lost and is never repeated.
      const isNotice = message.opaqueId.startsWith("notice-");
      const begun: Send = isNotice
        ? { begunAt: loop.now(), result: "under way", accepted: false, failed: false }
        : audit.beginSend(caller, message);
      trace(() => `${caller.name} sends ${message.opaqueId}`);
      const fate = refusalOf(options, message) ?? fateOf(options, options.windowOpen(message.to));
      const answer = (result: SendResult) =>
        loop.after(
          fate.answersMs,
          () => {
            trace(() => `${caller.name} hears ${result.outcome}`);
            resolve(result);
          },
          process,
        );
      if (fate.outcome === "rejected") {
        begun.result = "rejected";
        return answer({
          outcome: "rejected",
          retryAfterMs: fate.retryAfterMs,
          decision: fate.decision,
          code: fate.code,
          attempts: 1,
          ...(fate.quoteRefused && { quoteRefused: true }),
        });
      }
      if (fate.outcome === "ambiguous") {
        begun.result = "ambiguous";
        if (fate.arrivesMs !== null) loop.after(fate.arrivesMs, () => accept(message, begun));
        return answer({ outcome: "ambiguous", code: null, attempts: 1 });
      }
      loop.after(fate.arrivesMs, () => {
        begun.result = "accepted";
        answer({ outcome: "accepted", waMessageId: accept(message, begun, fate.metaCodes), attempts: 1 });
      });
    });

  return {
    channel: (process, caller) => ({
      send: (message) => send(process, caller, message),
      upload: () => Promise.resolve({ outcome: "refused", code: null, reason: "not here" }),
      readAndType: () => Promise.resolve(),
    }),
  };
}

type Rejection = Extract<SendResult, { outcome: "rejected" }>["decision"];

type Fate =
  /** With `metaCodes` a failed report follows. */
  | { outcome: "accepted"; arrivesMs: number; answersMs: number; metaCodes?: readonly number[] }
  | { outcome: "ambiguous"; arrivesMs: number | null; answersMs: number }
  | {
      outcome: "rejected";
      decision: Rejection;
      code: number | null;
      retryAfterMs: number | null;
      answersMs: number;
      quoteRefused?: boolean;
    };

/** Meta's code for a wrong parameter. */
const WRONG = 131_009;
const FAILS: [DeliveryStatus, number][] = [["failed", 100]];

/** Meta's refusal of a form, at once or in a report; null for a plain text, or where it is accepted. */
function refusalOf({ random, kinds }: GraphOptions, { message, quoteWaMessageId }: Outbound): Fate | null {
  const isPlain = message.kind === "text" && quoteWaMessageId === null;
  if (!kinds().has("form refused") || random.chance(isPlain ? 0.95 : 0.3)) return null;
  const answersMs = random.int(5, 200);
  if (random.chance(0.4)) return { outcome: "accepted", arrivesMs: 5, answersMs, metaCodes: [WRONG] };
  const quoteRefused = quoteWaMessageId !== null && random.chance(0.5);
  return {
    outcome: "rejected",
    decision: "plain_form",
    code: WRONG,
    retryAfterMs: null,
    answersMs,
    quoteRefused,
  };
}

/** Meta's code for a throttle, or what a client gets of an answer that makes no sense. */
function codeIn({ random, kinds }: Pick<GraphOptions, "random" | "kinds">): number | null {
  if (!kinds().has("hostile values") || random.chance(0.5)) return 130_429;
  return metaCodeIn({ error: { code: random.pick([2 ** 31, 5e9, "4294967296", 12.5, "1e9", null]) } });
}

function fateOf({ random, sendTrouble, ...options }: GraphOptions, windowOpen: boolean): Fate {
  const kinds = options.kinds();
  const answersMs = random.int(5, 200);
  const code = codeIn({ random, kinds: options.kinds });
  if (!windowOpen)
    return { outcome: "rejected", decision: "needs_template", code, retryAfterMs: null, answersMs };
  if (kinds.has("send rejected") && random.chance(0.25 * sendTrouble)) {
    const decision = random.pick([
      "retry_safe",
      "retry_safe",
      "retry_safe",
      "stop_and_alert",
      "never",
    ] as const);
    return { outcome: "rejected", decision, code, retryAfterMs: random.pick([null, 2_000]), answersMs };
  }
  if (kinds.has("send ambiguous") && random.chance(0.3 * sendTrouble)) {
    const arrivesMs = random.chance(0.5) ? random.int(5, 200) : null;
    return { outcome: "ambiguous", arrivesMs, answersMs: random.pick([answersMs, GIVES_UP_MS]) };
  }
  if (kinds.has("send late") && random.chance(0.1)) {
    const arrivesMs = GIVES_UP_MS + random.int(0, 30_000);
    return { outcome: "ambiguous", arrivesMs, answersMs: GIVES_UP_MS };
  }
  return { outcome: "accepted", arrivesMs: random.int(5, 200), answersMs };
}

/** The reports on one message and when they are sent: not always in order, not always at all. */
function reports(random: Random, kinds: ReadonlySet<FaultKind>): [DeliveryStatus, number][] {
  if (kinds.has("report never") && random.chance(0.4)) return [];
  const latestMs = kinds.has("report late") && random.chance(0.5) ? 60_000 : 1_500;
  const last: DeliveryStatus = kinds.has("report late") && random.chance(0.1) ? "failed" : "delivered";
  // What failed is never read.
  const all: DeliveryStatus[] = last === "failed" ? ["sent", last] : ["sent", last, "read"];
  return all.slice(0, random.int(1, 3)).map((status) => [status, random.int(0, latestMs)]);
}

const statusOf = (
  message: Outbound,
  waMessageId: string,
  status: DeliveryStatus,
  timestampMs: number,
): StatusUpdate => ({
  phoneNumberId: message.phoneNumberId,
  waMessageId,
  status,
  timestampMs,
  recipientId: message.to.phone,
  recipientUserId: null,
  opaqueId: message.opaqueId,
  metaCodes: [],
  pricing: null,
});
