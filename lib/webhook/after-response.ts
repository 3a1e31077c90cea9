import { guessLanguage } from "../language/guess.ts";
import { limitNotice } from "../language/texts.ts";
import { runAll } from "../turn/run-all.ts";
import type { Delivery } from "../turn/state/turn.ts";
import type { WebhookEvents } from "../types/inbound.ts";
import type { LimitNotice, Received } from "../types/inbox-store.ts";
import { messageKeyOf } from "../whatsapp/inbound/message-key.ts";
import type { InboxDeps } from "./context.ts";

const NOTICE_DEADLINE_MS = 5_000;

/** What follows the answer to Meta: marks, notices, turns. Never throws. */
export async function afterwards(
  events: WebhookEvents,
  received: Received,
  delivery: Delivery,
  deps: InboxDeps,
): Promise<void> {
  logArrival(events, received, deps);
  await Promise.allSettled([
    deps.cache.markStored(events.messages.map(messageKeyOf)),
    ...received.notices.map((notice) => tellLimit(notice, deps)),
    ...received.handoffs.map((handoff) => deps.notifier.handoff(handoff)),
    ...received.alerts.map((alert) => tellAlert(alert, deps)),
    runAll(received.conversationIds, deps, delivery).then(() => runAll(received.leftOpen, deps, null)),
  ]);
}

/** Tells somebody over the limit when they may go on; lost if we die here, so never told twice. */
async function tellLimit(notice: LimitNotice, deps: InboxDeps): Promise<void> {
  const { user, companyLanguage } = notice;
  const language = guessLanguage(notice.text, {
    known: user.language,
    phone: user.phone,
    company: companyLanguage,
  });
  const text = limitNotice(language, notice.retryAfterS);
  const { phoneNumberId, conversationId } = notice;
  const result = await deps.channel.send(
    {
      phoneNumberId,
      to: user,
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

/** Something about the account, a number or a template that an operator should look at. */
async function tellAlert(
  { field, event, severity }: Received["alerts"][number],
  deps: InboxDeps,
): Promise<void> {
  deps.log[severity === "critical" ? "error" : "warn"]("whatsapp.news", { field, news: event });
  await deps.notifier.alert({
    title: event.replaceAll("_", " ").toLowerCase(),
    detail: `${field}, ${severity}`,
  });
}

function logArrival(events: WebhookEvents, received: Received, deps: InboxDeps): void {
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
