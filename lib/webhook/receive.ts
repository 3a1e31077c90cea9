import { canonicalPhone } from "../phone/spellings.ts";
import type { Stages } from "../telemetry/stages.ts";
import type { InboundMessage, WebhookEvents } from "../types/inbound.ts";
import type { ReceiveBatch, Received } from "../types/inbox-store.ts";
import { reportEffect } from "../whatsapp/errors.ts";
import { messageKeyOf } from "../whatsapp/inbound/message-key.ts";
import { optOf } from "../whatsapp/inbound/opt.ts";
import { startsTurn } from "../whatsapp/inbound/starts-turn.ts";
import type { InboxDeps } from "./context.ts";
import { NOTHING_STORED } from "./received.ts";
import { phonesOf, spellPhones } from "./spell-phones.ts";
import { storeEvents } from "./store-events.ts";

/** Admits and stores the events of one delivery: one cache and one database round trip. Throws when not stored. */
export async function receive(
  events: WebhookEvents,
  deps: InboxDeps,
  stages: Stages,
  { startTurn } = { startTurn: true },
): Promise<Received> {
  // Some system messages name no customer: there is no conversation to put them in.
  const messages = events.messages.filter(({ from, fromUserId }) => from !== null || fromUserId !== null);
  const admitted = await admit(messages, deps, stages);
  const { messages: _all, others: _logged, ...rest } = events;
  if (admitted.length === 0 && Object.values(rest).every((list) => list.length === 0))
    return { ...NOTHING_STORED, duplicates: messages.length };

  // With a settle time the turn is claimed when it is over.
  const starts = startTurn && admitted.length > 0 && deps.limits.settleMs === 0;
  const turnId = starts ? crypto.randomUUID() : null;
  const storing = stages.run("receive", () =>
    storeEvents(deps, {
      phoneNumberIds: deps.phoneNumberIds,
      throughputs: deps.throughputs,
      ...rest,
      ...spellPhones(rest),
      messages: admitted,
      statuses: rest.statuses.map((status) => ({
        ...status,
        effect: status.status === "failed" ? reportEffect(status.metaCodes) : null,
      })),
      rateLimit: deps.rateLimit,
      humanPauseS: deps.humanPauseS,
      claim: turnId && { turnId, leaseMs: deps.limits.leaseMs },
    }),
  );
  // Without an answer the turn may be claimed all the same: Meta's redelivery must not wait for the end of its lease.
  storing.catch(() => turnId && deps.waitUntil(deps.inbox.release(turnId).catch(() => undefined)));
  const received = await storing;
  return { ...received, duplicates: received.duplicates + messages.length - admitted.length };
}

/** The messages that the cache does not know as stored, with its verdict. */
async function admit(
  messages: readonly InboundMessage[],
  { cache }: Pick<InboxDeps, "cache">,
  stages: Stages,
): Promise<ReceiveBatch["messages"]> {
  if (messages.length === 0) return [];
  const keys = messages.map((message) => ({
    messageKey: messageKeyOf(message),
    customerKey: `${message.phoneNumberId}:${message.fromUserId ?? canonicalPhone(message.from ?? "")}`,
  }));
  const admissions = await stages.run("admit", () => cache.admit(keys));
  return messages.flatMap((message, index) => {
    const { verdict: admission, retryAfterS } = admissions[index] ?? UNKNOWN;
    if (admission === "duplicate") return [];
    const phones = phonesOf(message.from);
    return {
      ...message,
      phones,
      admission,
      retryAfterS,
      startsTurn: startsTurn(message),
      ...optOf(message),
    };
  });
}

const UNKNOWN = { verdict: "unknown", retryAfterS: null } as const;
