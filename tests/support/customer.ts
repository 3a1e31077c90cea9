import { setTimeout as pause } from "node:timers/promises";
import type { SentMessage } from "../../fakes/graph/outbox.ts";
import type { Graph } from "../../fakes/graph/server.ts";
import { newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { gate } from "./gate.ts";

/** A customer who writes to the bot. */
export interface Customer {
  phone: string;
  /** Sends a text as a signed webhook; `overrides` replaces or adds fields of Meta's message (`type`, `id`, …). */
  send(
    text: string,
    overrides?: Record<string, unknown>,
  ): Promise<{ waMessageId: string; response: Response }>;
  /** Sends a text, again while it was not stored: for many at once, on a machine that is busy. */
  sendUntilStored(text: string): Promise<void>;
  /** Messages that the Graph API has sent to this phone, in order. */
  replies(): SentMessage[];
  /** Resolves with the replies as soon as there are `count`. Throws after 30 s. */
  waitForReply(count?: number): Promise<SentMessage[]>;
}

/** Much longer than a busy machine takes. */
const REPLY_LIMIT_MS = 30_000;

/** A customer of the Graph API stand-in; `deliver` posts a signed body to the bot. */
export function createCustomer(
  { phone, name, phoneNumberId }: { phone: string; name: string; phoneNumberId: string },
  graph: Graph,
  deliver: (body: unknown) => Promise<Response>,
): Customer {
  const replies = () => graph.sent.filter((message) => message.phone === phone);
  const textOf = (text: string, waMessageId: string, overrides?: Record<string, unknown>) =>
    textWebhook({ phoneNumberId, from: phone, name, text, waMessageId, timestampMs: Date.now() }, overrides);
  return {
    phone,
    replies,
    async send(text, overrides = {}) {
      const waMessageId = typeof overrides.id === "string" ? overrides.id : newWaMessageId();
      return { waMessageId, response: await deliver(textOf(text, waMessageId, overrides)) };
    },
    sendUntilStored(text) {
      const body = textOf(text, newWaMessageId());
      return untilStored(() => deliver(body));
    },
    async waitForReply(count = 1) {
      const enough = gate();
      const look = () => replies().length >= count && enough.open();
      const stop = graph.subscribe(look);
      const limit = setTimeout(enough.open, REPLY_LIMIT_MS);
      look();
      await enough.promise;
      clearTimeout(limit);
      stop();
      const all = replies();
      if (all.length < count) throw new Error(`${all.length} of ${count} replies came within 30 s`);
      return all;
    },
  };
}

/** Meta goes on for seven days; a test for as long as a busy machine may need. */
const ATTEMPTS = 50;
const PAUSE_MS = 200;

/** Delivers as Meta does: the same body again while it was not stored, which many at once can bring about. */
export async function untilStored(deliver: () => Promise<Response>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const response = await deliver();
    if (response.ok) return;
    if (response.status !== 503 || attempt === ATTEMPTS)
      throw new Error(`delivery ${attempt} was answered with ${response.status}`);
    await pause(PAUSE_MS);
  }
}
