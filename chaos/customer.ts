import { setTimeout as sleep } from "node:timers/promises";
import type { SentMessage } from "../fakes/graph/outbox.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../host/meta-webhook.ts";
import type { Bot } from "./bot.ts";
import { until } from "./until.ts";
import { ACCOUNT, type World } from "./world.ts";

/** A customer's message, as Meta holds it until it gets a 200. */
export interface CustomerMessage {
  waMessageId: string;
  body: unknown;
}

/** A customer who writes to the bot through Meta. */
export interface Customer {
  phone: string;
  /** Composes a message without delivering it. */
  compose(text: string, timestampMs?: number): CustomerMessage;
  /** Delivers once: the HTTP status, or null when no answer came. */
  deliver(message: CustomerMessage, to?: Bot): Promise<number | null>;
  /** Delivers a text, repeatedly until it gets a 200, as Meta does for days. */
  write(text: string): Promise<CustomerMessage>;
  redeliver(message: CustomerMessage): Promise<void>;
  /** Messages that have reached the phone, in order. */
  replies(): SentMessage[];
  /** Waits for `count` replies. */
  answered(count?: number): Promise<void>;
  conversationId(): Promise<string>;
}

const REDELIVER_EVERY_MS = 100;
/** Meta goes on for days. */
const REDELIVER_LIMIT_MS = 60_000;

/** Ids of messages that got a 200, which the bot must answer from then on. */
export type Acknowledged = Set<string>;

/** A customer with this phone; adds each message that got a 200 to `acknowledged`. */
export function createCustomer(phone: string, world: World, acknowledged: Acknowledged): Customer {
  const replies = () => world.graph.sent.filter((message) => message.phone === phone);
  const customer: Customer = {
    phone,
    replies,
    compose(text, timestampMs = Date.now()) {
      const waMessageId = newWaMessageId();
      const { phoneNumberId } = ACCOUNT;
      return {
        waMessageId,
        body: textWebhook({ phoneNumberId, from: phone, name: "Ana", text, waMessageId, timestampMs }),
      };
    },
    async deliver(message, to = world.bot) {
      const status = await post(to, message.body);
      if (status === 200) acknowledged.add(message.waMessageId);
      return status;
    },
    async write(text) {
      const message = customer.compose(text);
      await customer.redeliver(message);
      return message;
    },
    async redeliver(message) {
      const endMs = performance.now() + REDELIVER_LIMIT_MS;
      while ((await customer.deliver(message)) !== 200) {
        if (performance.now() > endMs) throw new Error("a message never got a 200");
        await sleep(REDELIVER_EVERY_MS);
      }
    },
    answered: (count = 1) => until(`${count} replies to ${phone}`, () => replies().length >= count),
    async conversationId() {
      const [row] = await world.sql<{ id: string }>`
        select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${phone}`;
      if (!row) throw new Error(`no customer with the phone ${phone} has written`);
      return row.id;
    },
  };
  return customer;
}

/** A text message for a webhook that holds several. */
export const textFrom = ({ phone }: Customer, text: string, timestampMs = Date.now()) => ({
  from: phone,
  id: newWaMessageId(),
  timestamp: String(Math.floor(timestampMs / 1_000)),
  type: "text",
  text: { body: text },
});

/** Posts a signed webhook: the status, or null when the connection ended without one. */
export async function post(bot: Bot, body: unknown): Promise<number | null> {
  const response = await deliverWebhook(bot.webhookUrl, body, ACCOUNT.appSecret).catch(() => null);
  await response?.arrayBuffer().catch(() => null);
  return response?.status ?? null;
}
