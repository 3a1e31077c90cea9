import type { WebhookEvents } from "../../types/inbound.ts";

/** Empty lists, one for each kind of event. */
export const noEvents = () =>
  ({
    messages: [],
    statuses: [],
    operatorEchoes: [],
    identityChanges: [],
    preferences: [],
    calls: [],
    handovers: [],
    accountEvents: [],
    others: [],
  }) satisfies WebhookEvents;

/** Copy of the events with `change` applied to each list. */
export const mapLists = (
  events: WebhookEvents,
  change: <Event extends { phoneNumberId: string | null }>(list: readonly Event[]) => Event[],
): WebhookEvents => ({
  messages: change(events.messages),
  statuses: change(events.statuses),
  operatorEchoes: change(events.operatorEchoes),
  identityChanges: change(events.identityChanges),
  preferences: change(events.preferences),
  calls: change(events.calls),
  handovers: change(events.handovers),
  accountEvents: change(events.accountEvents),
  others: change(events.others),
});
