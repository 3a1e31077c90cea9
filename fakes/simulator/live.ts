import type { SimEvents } from "../../contracts/simulator.ts";
import { canonicalPhone } from "../../lib/phone/spellings.ts";
import { EMPTY_SNAPSHOT, type Snapshot } from "./reads.ts";

/** One event for the page. */
export type LiveEvent = { [Name in keyof SimEvents]: { name: Name; data: SimEvents[Name] } }[keyof SimEvents];

type Listener = (event: LiveEvent) => void;

export interface Live {
  /** Sends the whole conversation of a customer, then its changes, until the returned function is called. */
  subscribe(phone: string, listener: Listener): () => void;
  /** Reads every watched conversation again and sends its changes. */
  refresh(): void;
  /** Sends an event that is in no table. */
  emit(phone: string, event: LiveEvent): void;
}

/** Turns the database's contents into events: reads again on each refresh and sends the difference. */
export function createLive(
  read: (phone: string) => Promise<Snapshot>,
  onError: (error: unknown) => void,
): Live {
  const watches = new Set<{ phone: string; listener: Listener; update: () => void }>();
  return {
    subscribe(phone, listener) {
      let last = EMPTY_SNAPSHOT;
      // One read at a time, so that an older result never follows a newer one.
      let reading = Promise.resolve();
      const update = (): void => {
        reading = reading
          .then(async () => {
            const before = last;
            last = await read(phone);
            if (watches.has(watch)) difference(before, last).forEach(listener);
          })
          .catch(onError);
      };
      const watch = { phone, listener, update };
      watches.add(watch);
      update();
      return () => watches.delete(watch);
    },
    refresh() {
      for (const watch of watches) watch.update();
    },
    emit(phone, event) {
      const line = canonicalPhone(phone);
      for (const watch of watches) if (canonicalPhone(watch.phone) === line) watch.listener(event);
    },
  };
}

/** Events for a listener that knows `before`. */
export function difference(before: Snapshot, after: Snapshot): LiveEvent[] {
  const events: LiveEvent[] = [];
  const messages = new Map(before.messages.map((message) => [message.id, message]));
  for (const message of after.messages) {
    const old = messages.get(message.id);
    const { status, waMessageId } = message;
    if (same(old, message)) continue;
    if (old && same({ ...old, status }, message) && status !== null && waMessageId !== null)
      events.push({ name: "status", data: { waMessageId, status } });
    else events.push({ name: "message", data: message });
  }
  const turns = new Map(before.turns.map((turn) => [turn.id, turn]));
  for (const turn of after.turns)
    if (!same(turns.get(turn.id), turn)) events.push({ name: "turn", data: turn });
  if (!same(before.conversation, after.conversation))
    events.push({ name: "conversation", data: after.conversation });
  return events;
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
