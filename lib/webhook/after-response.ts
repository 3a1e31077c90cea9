import { endWaits } from "../jobs/end-waits.ts";
import { guessLanguage } from "../language/guess.ts";
import { limitNotice } from "../language/texts.ts";
import { runAll } from "../turn/run-all.ts";
import type { Delivery } from "../turn/state/turn.ts";
import type { WebhookEvents } from "../types/inbound.ts";
import type { LimitNotice, Received } from "../types/inbox-store.ts";
import { messageKeyOf } from "../whatsapp/inbound/message-key.ts";
import type { InboxDeps } from "./context.ts";

const NOTICE_DEADLINE_MS = 5_000;

/** Work done after the 200: cache marks, notices, turns, jobs that are due. Never throws. */
export async function afterResponse(
  events: WebhookEvents,
  received: Received,
  delivery: Delivery,
  deps: InboxDeps,
): Promise<void> {
  logDelivery(events, received, deps);
  await Promise.allSettled([
    markRedelivered(events, received, deps),
    ...received.notices.map((notice) => notifyLimit(notice, deps)),
    ...received.handoffs.map((handoff) => deps.notifier.handoff(handoff)),
    ...received.queuesChanged.map((tenantId) => deps.queueChanged(tenantId)),
    ...received.alerts.map((alert) => notifyAccountEvent(alert, deps)),
    runTurns(received, delivery, deps),
  ]);
  // Figures and the like wait until every customer has been answered.
  await deps.runDue();
}

/**
 * Marks the messages of a delivery that came again, so that the next one asks the cache alone. A delivery is seldom repeated: a mark for
 * each message would be a round trip for nothing.
 */
async function markRedelivered(
  events: WebhookEvents,
  received: Received,
  { cache }: InboxDeps,
): Promise<void> {
  if (received.duplicates > 0) await cache.markStored(events.messages.map(messageKeyOf));
}

/** Older conversations that the store gives to one delivery: so many may be more. */
const MANY_LEFT = 3;

/** The turns of this delivery, and then what others have left. */
async function runTurns(received: Received, delivery: Delivery, deps: InboxDeps): Promise<void> {
  const own = await runAll(received.conversationIds, deps, delivery);
  const others = await runAll(received.leftUnread, deps, null);
  if (received.handoffsDue) await endWaits(deps);
  if (own.left + others.left > 0 || received.leftUnread.length >= MANY_LEFT) await deps.chain.start();
}

/** Notifies a customer over the rate limit when they may go on; a notice lost in a crash is not sent again. */
async function notifyLimit(notice: LimitNotice, deps: InboxDeps): Promise<void> {
  const { customer, companyLanguage } = notice;
  const language = guessLanguage(notice.text, {
    known: customer.language,
    phone: customer.phone,
    company: companyLanguage,
  });
  const text = limitNotice(language, notice.retryAfterS);
  const { phoneNumberId, conversationId } = notice;
  const result = await deps.channel.send(
    {
      phoneNumberId,
      to: customer,
      message: { kind: "text", text },
      window: notice.window,
      quoteWaMessageId: null,
      opaqueId: `notice-${crypto.randomUUID()}`,
    },
    NOTICE_DEADLINE_MS,
  );
  if (result.outcome !== "accepted") return;
  await deps.inbox.recordNotice({ conversationId, text, waMessageId: result.waMessageId });
}

/** Logs an account event and alerts operators to it. */
async function notifyAccountEvent(
  { field, event, severity, tenantId }: Received["alerts"][number],
  deps: InboxDeps,
): Promise<void> {
  const level = severity === "critical" ? "error" : "warn";
  deps.log[level]("whatsapp.account_event", { field, name: event });
  await deps.notifier.alert({
    title: event.replaceAll("_", " ").toLowerCase(),
    detail: `${field}, ${severity}`,
    ...{ tenantId, page: "alerts" },
    runbook: "meta-reports-trouble-with-the-account",
  });
}

function logDelivery(events: WebhookEvents, received: Received, deps: InboxDeps): void {
  deps.log.info("webhook.received", {
    messages: events.messages.length,
    stored: received.stored,
    duplicates: received.duplicates,
    limited: received.limited,
    not_ours: received.notOurs,
    statuses: events.statuses.length,
    statuses_applied: received.statusesApplied,
  });
  for (const { field, reason, detail } of events.others) {
    deps.log.info("webhook.other", { field, reason, detail });
  }
}
