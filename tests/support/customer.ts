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
  return {
    phone,
    replies,
    async send(text, overrides = {}) {
      const waMessageId = typeof overrides.id === "string" ? overrides.id : newWaMessageId();
      const message = { phoneNumberId, from: phone, name, text, waMessageId, timestampMs: Date.now() };
      return { waMessageId, response: await deliver(textWebhook(message, overrides)) };
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
