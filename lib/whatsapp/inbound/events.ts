import type { WebhookEvents } from "../../types/inbound.ts";

/** Empty lists, one for each kind of event. */
export const noEvents = () =>
  ({
    messages: [],
    statuses: [],
    echoes: [],
    identityChanges: [],
    preferences: [],
    calls: [],
    handovers: [],
    platform: [],
    others: [],
  }) satisfies WebhookEvents;

/** Copy of the events with `change` applied to each list. */
export const mapLists = (
  events: WebhookEvents,
  change: <Event extends { phoneNumberId: string | null }>(list: readonly Event[]) => Event[],
): WebhookEvents => ({
  messages: change(events.messages),
  statuses: change(events.statuses),
  echoes: change(events.echoes),
  identityChanges: change(events.identityChanges),
  preferences: change(events.preferences),
  calls: change(events.calls),
  handovers: change(events.handovers),
  platform: change(events.platform),
  others: change(events.others),
});
