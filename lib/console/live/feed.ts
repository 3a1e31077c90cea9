import type { ConsoleEvents, ThreadMessage } from "../../../contracts/console/thread.ts";
import type { ChangedThread, Changes, Version } from "../../types/console/live.ts";
import { versionOf } from "./position.ts";
import type { ShownChanges } from "./shown.ts";

/** One event. */
export type Event = {
  [Name in keyof ConsoleEvents]: { name: Name; data: ConsoleEvents[Name] };
}[keyof ConsoleEvents];

/** Whose page it is, and where it goes on. */
export interface FeedOptions {
  operatorId: string;
  sessionId: string;
  conversationId: string | null;
  position: string | null;
}

/** What one page has seen, and so what is new to it in the changes of all. */
export class Feed {
  readonly operatorId: string;
  readonly sessionId: string;
  readonly conversationId: string | null;
  /** Null until the first changes. */
  position: string | null;
  readonly #sent = new Sent();
  /** The last of each event that says a whole. */
  readonly #last = new Map<string, string>();
  #gone = false;

  constructor({ operatorId, sessionId, conversationId, position }: FeedOptions) {
    this.operatorId = operatorId;
    this.sessionId = sessionId;
    this.conversationId = conversationId;
    this.position = position;
  }

  /** What is new; moves the position. */
  take(changes: ShownChanges): Event[] {
    const { position, stale } = changes;
    const events: Event[] = stale ? [{ name: "reset", data: {} }] : this.#news(changes);
    this.position = position;
    this.#sent.forget(stale ? Number.POSITIVE_INFINITY : versionOf(position));
    return [...events, ...this.counts(changes)];
  }

  /** The counts, if they are others than the page has. */
  counts({ counts }: Pick<Changes, "counts">): Event[] {
    const own = counts?.[this.operatorId];
    return own ? this.#whole({ name: "counts", data: own }) : [];
  }

  /** False until it has had counts. */
  get knowsCounts(): boolean {
    return this.#last.has("counts");
  }

  #news(changes: ShownChanges): Event[] {
    this.#sent.begin(this.position);
    const rows = changes.rows
      .filter(({ version, row }) => this.#sent.add(`row ${row.id}`, version))
      .map(({ row, unread }) => ({ ...row, unread: unread[this.operatorId] ?? row.unread }));
    const thread = changes.threads.find(({ id }) => id === this.conversationId);
    return [...some("rows", rows), ...(thread ? this.#ofThread(thread) : [])];
  }

  #ofThread(thread: ChangedThread<ThreadMessage>): Event[] {
    if (thread.gone) {
      // Once: a page that reads everything again finds out.
      const events: Event[] = this.#gone ? [] : [{ name: "reset", data: {} }];
      this.#gone = true;
      return events;
    }
    const presence = thread.presence.filter(({ operator }) => operator.id !== this.operatorId);
    return [
      ...some("messages", this.#fresh("message", thread.messages)),
      ...some("turns", this.#fresh("turn", thread.turns)),
      ...some("notes", this.#fresh("note", thread.notes)),
      ...(thread.state ? this.#whole({ name: "conversation", data: thread.state }) : []),
      ...this.#whole({ name: "presence", data: presence }),
    ];
  }

  #fresh<T extends { id: string }>(kind: string, items: readonly Version<T>[]): T[] {
    return items
      .filter(({ version, value }) => this.#sent.add(`${kind} ${value.id}`, version))
      .map(({ value }) => value);
  }

  /** Leaves an event out that says the same as the last of its name. */
  #whole(event: Event): Event[] {
    const text = JSON.stringify(event.data);
    if (this.#last.get(event.name) === text) return [];
    this.#last.set(event.name, text);
    return [event];
  }
}

const some = <Name extends "rows" | "messages" | "turns" | "notes">(
  name: Name,
  data: ConsoleEvents[Name],
): Event[] => (data.length > 0 ? [{ name, data } as Event] : []);

/**
 * What was sent already. Behind a position comes again what was written while an older transaction was open; nothing older than the
 * position does, so that only few are kept.
 */
class Sent {
  readonly #versions = new Map<string, number>();
  #from = Number.POSITIVE_INFINITY;

  /** From here on things are new; null: nothing is. */
  begin(position: string | null): void {
    this.#from = position === null ? Number.POSITIVE_INFINITY : versionOf(position);
  }

  /** True when this version is new. */
  add(key: string, version: number): boolean {
    if (version < this.#from || this.#versions.get(key) === version) return false;
    this.#versions.set(key, version);
    return true;
  }

  /** Nothing before this version comes again. */
  forget(before: number): void {
    for (const [key, version] of this.#versions) if (version < before) this.#versions.delete(key);
  }
}
