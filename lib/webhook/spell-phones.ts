import { spellingsOf } from "../phone/spellings.ts";
import type { ReceiveBatch } from "../types/inbox-store.ts";

type SpelledLists = Pick<
  ReceiveBatch,
  "operatorEchoes" | "identityChanges" | "preferences" | "calls" | "handovers"
>;

/** Every spelling of a phone, the given one first; none without a phone. */
export const phonesOf = (phone: string | null): readonly string[] =>
  phone === null ? [] : spellingsOf(phone);

/** The events about customers, each with every spelling of its phone: the store knows a customer by any of them. */
export function spellPhones(events: SpelledLists): SpelledLists {
  const fromCustomer = <Event extends { from: string | null }>(event: Event) => ({
    ...event,
    phones: phonesOf(event.from),
  });
  return {
    operatorEchoes: events.operatorEchoes.map((echo) => ({ ...echo, phones: phonesOf(echo.to) })),
    identityChanges: events.identityChanges.map((change) => ({
      ...change,
      phones: { previous: phonesOf(change.phone.previous), current: phonesOf(change.phone.current) },
    })),
    preferences: events.preferences.map(fromCustomer),
    calls: events.calls.map(fromCustomer),
    handovers: events.handovers.map(fromCustomer),
  };
}
