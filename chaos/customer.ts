import { setTimeout as sleep } from "node:timers/promises";
import type { SentMessage } from "../fakes/graph/outbox.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../host/meta-webhook.ts";
import type { Bot } from "./bot.ts";
import { until } from "./until.ts";
import { ACCOUNT, type World } from "./world.ts";

/** One message of a person, as Meta holds it until somebody takes it. */
export interface Letter {
  waMessageId: string;
  body: unknown;
}

/** Somebody who writes to the bot, and Meta between the two. */
export interface Person {
  phone: string;
  /** A message, not yet delivered. */
  letter(text: string, timestampMs?: number): Letter;
  /** Delivers once: the HTTP status, or null when no answer came. */
  deliver(letter: Letter, to?: Bot): Promise<number | null>;
  /** Delivers again and again until it gets a 200, as Meta does for days. */
  write(text: string): Promise<Letter>;
  redeliver(letter: Letter): Promise<void>;
  /** What has reached the phone, in order. */
  replies(): SentMessage[];
  /** Waits until `count` replies have come. */
  answered(count?: number): Promise<void>;
  conversationId(): Promise<string>;
}

const REDELIVER_EVERY_MS = 100;
/** Meta tries for days. */
const REDELIVER_LIMIT_MS = 60_000;

/** The messages that got a 200: the bot's to answer, from then on. */
export type Acknowledged = Set<string>;

/** A person with this phone; `acknowledged` is told of each message that got a 200. */
export function createPerson(phone: string, world: World, acknowledged: Acknowledged): Person {
  const replies = () => world.graph.sent.filter((message) => message.phone === phone);
  const person: Person = {
    phone,
    replies,
    letter(text, timestampMs = Date.now()) {
      const waMessageId = newWaMessageId();
      const { phoneNumberId } = ACCOUNT;
      return {
        waMessageId,
        body: textWebhook({ phoneNumberId, from: phone, name: "Ana", text, waMessageId, timestampMs }),
      };
    },
    async deliver(letter, to = world.bot) {
      const status = await post(to, letter.body);
      if (status === 200) acknowledged.add(letter.waMessageId);
      return status;
    },
    async write(text) {
      const letter = person.letter(text);
      await person.redeliver(letter);
      return letter;
    },
    async redeliver(letter) {
      const endMs = performance.now() + REDELIVER_LIMIT_MS;
      while ((await person.deliver(letter)) !== 200) {
        if (performance.now() > endMs) throw new Error("a message was never taken");
        await sleep(REDELIVER_EVERY_MS);
      }
    },
    answered: (count = 1) => until(`${count} replies to ${phone}`, () => replies().length >= count),
    async conversationId() {
      const [row] = await world.sql<{ id: string }>`
        select c.id from conversations c join customers u on u.id = c.customer_id where u.phone = ${phone}`;
      if (!row) throw new Error(`nobody with the phone ${phone} has written`);
      return row.id;
    },
  };
  return person;
}

/** A text in a webhook of several. */
export const textFrom = ({ phone }: Person, text: string, timestampMs = Date.now()) => ({
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
