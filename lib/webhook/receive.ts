import type { WebhookEvents } from "../events.ts";
import type { Received } from "../ports.ts";
import type { Stages } from "../telemetry/stages.ts";
import type { InboxDeps } from "./context.ts";
import { startsTurn } from "./starts-turn.ts";

const NOTHING: Received = {
  conversationIds: [],
  leftOpen: [],
  stored: 0,
  duplicates: 0,
  limited: 0,
  notOurs: 0,
  statusesApplied: 0,
  notices: [],
};

/** Admits and stores all events of one webhook: one cache and one database round trip. Throws when not stored. */
export async function receive(events: WebhookEvents, deps: InboxDeps, stages: Stages): Promise<Received> {
  // Some system messages name nobody: there is no conversation to put them in.
  const messages = events.messages.filter(({ from, fromUserId }) => from !== null || fromUserId !== null);
  const { statuses } = events;
  const admissions =
    messages.length === 0
      ? []
      : await stages.run("admit", () =>
          deps.cache.admit(
            messages.map(({ waMessageId, phoneNumberId, from, fromUserId }) => ({
              waMessageId,
              userKey: `${phoneNumberId}:${fromUserId ?? from}`,
            })),
          ),
        );
  const fresh = messages.flatMap((message, index) => {
    const { verdict, retryAfterS } = admissions[index] ?? { verdict: "unknown" as const, retryAfterS: null };
    return verdict === "duplicate"
      ? []
      : [{ ...message, admission: verdict, retryAfterS, startsTurn: startsTurn(message) }];
  });
  if (fresh.length === 0 && statuses.length === 0) return { ...NOTHING, duplicates: messages.length };

  const received = await stages.run("receive", () =>
    deps.inbox.receive({
      phoneNumberIds: deps.phoneNumberIds,
      messages: fresh,
      statuses,
      rateLimit: deps.rateLimit,
    }),
  );
  return { ...received, duplicates: received.duplicates + messages.length - fresh.length };
}
