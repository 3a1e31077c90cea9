import type { Stages } from "../telemetry/stages.ts";
import type { WebhookEvents } from "../types/inbound.ts";
import type { Received } from "../types/inbox-store.ts";
import { failureEffect } from "../whatsapp/errors.ts";
import { messageKeyOf } from "../whatsapp/inbound/message-key.ts";
import { optChoice } from "../whatsapp/inbound/opt.ts";
import { startsTurn } from "../whatsapp/inbound/starts-turn.ts";
import type { InboxDeps } from "./context.ts";
import { NOTHING_STORED, storeEvents } from "./store-events.ts";

/** Admits and stores all events of one webhook: one cache and one database round trip. Throws when not stored. */
export async function receive(events: WebhookEvents, deps: InboxDeps, stages: Stages): Promise<Received> {
  // Some system messages name nobody: there is no conversation to put them in.
  const messages = events.messages.filter(({ from, fromUserId }) => from !== null || fromUserId !== null);
  const admissions =
    messages.length === 0
      ? []
      : await stages.run("admit", () =>
          deps.cache.admit(
            messages.map((message) => ({
              messageKey: messageKeyOf(message),
              userKey: `${message.phoneNumberId}:${message.fromUserId ?? message.from}`,
            })),
          ),
        );
  const fresh = messages.flatMap((message, index) => {
    const { verdict, retryAfterS } = admissions[index] ?? { verdict: "unknown" as const, retryAfterS: null };
    return verdict === "duplicate"
      ? []
      : [
          {
            ...message,
            admission: verdict,
            retryAfterS,
            startsTurn: startsTurn(message),
            opt: optChoice(message),
          },
        ];
  });
  const { messages: _, others, ...rest } = events;
  if (fresh.length === 0 && Object.values(rest).every((list) => list.length === 0))
    return { ...NOTHING_STORED, duplicates: messages.length };

  // A burst that is waited for is claimed when it is over.
  const turnId = fresh.length > 0 && deps.limits.settleMs === 0 ? crypto.randomUUID() : null;
  const storing = stages.run("receive", () =>
    storeEvents(deps, {
      phoneNumberIds: deps.phoneNumberIds,
      throughputs: deps.throughputs,
      ...rest,
      messages: fresh,
      statuses: rest.statuses.map((status) => ({
        ...status,
        effect: status.status === "failed" ? failureEffect(status.errorCodes) : null,
      })),
      rateLimit: deps.rateLimit,
      humanPauseS: deps.humanPauseS,
      claim: turnId && { turnId, leaseMs: deps.limits.leaseMs },
    }),
  );
  // Without an answer it may have begun all the same: then Meta's redelivery should not have to wait for the end of a lease.
  storing.catch(() => turnId && deps.waitUntil(deps.inbox.release(turnId).catch(() => undefined)));
  const received = await storing;
  return { ...received, duplicates: received.duplicates + messages.length - fresh.length };
}
