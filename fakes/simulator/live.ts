import type { SimEvents } from "../../web/src/api.ts";
import { NOTHING_YET, type Snapshot } from "./reads.ts";

/** One event for the page. */
export type LiveEvent = { [Name in keyof SimEvents]: { name: Name; data: SimEvents[Name] } }[keyof SimEvents];

type Listener = (event: LiveEvent) => void;

export interface Live {
  /** Tells all there is in this customer's conversation, then what changes, until the returned function is called. */
  subscribe(phone: string, listener: Listener): () => void;
  /** Looks again at every conversation that somebody watches, and tells what is new. */
  refresh(): void;
  /** Tells something that no table holds. */
  emit(phone: string, event: LiveEvent): void;
}

/** Turns what the database says into events: reads again when something happened, tells the difference. */
export function createLive(
  read: (phone: string) => Promise<Snapshot>,
  onError: (error: unknown) => void,
): Live {
  const watches = new Set<{ phone: string; listener: Listener; look: () => void }>();
  return {
    subscribe(phone, listener) {
      let last = NOTHING_YET;
      // One look after the other, so that an older answer never comes after a newer one.
      let looking = Promise.resolve();
      const look = (): void => {
        looking = looking
          .then(async () => {
            const before = last;
            last = await read(phone);
            if (watches.has(watch)) difference(before, last).forEach(listener);
          })
          .catch(onError);
      };
      const watch = { phone, listener, look };
      watches.add(watch);
      look();
      return () => watches.delete(watch);
    },
    refresh() {
      for (const watch of watches) watch.look();
    },
    emit(phone, event) {
      for (const watch of watches) if (watch.phone === phone) watch.listener(event);
    },
  };
}

/** What must be told to somebody who knows `before`. */
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
