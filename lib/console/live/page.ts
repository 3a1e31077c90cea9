import { eventText, HEARTBEAT, type Sink } from "./event-stream.ts";
import type { Event, Feed } from "./feed.ts";
import { eventId } from "./position.ts";
import type { ShownChanges } from "./shown.ts";

/** One open page that sees everything. */
export interface Page {
  feed: Feed;
  sink: Sink;
  /** True once it is where the others of its company are; false again when it was too slow for them. */
  together: boolean;
  /** True after it was told that nothing can be read now. */
  stalled: boolean;
  /** When it got something last. */
  sentMs: number;
}

/** Proxies close a stream that is silent for long. */
const HEARTBEAT_MS = 15_000;

/** Tells pages what is new to each, and ends those whose session has ended. */
export function tell(pages: readonly Page[], changes: ShownChanges, nowMs: number): void {
  for (const page of pages) {
    if (changes.sessions?.includes(page.feed.sessionId) === false) {
      page.sink.end();
      continue;
    }
    const events = page.feed.take(changes);
    if (events.length > 0 || page.stalled) send(page, events, nowMs);
    page.stalled = false;
  }
}

/** Tells pages that what they show may be old. */
export function stall(pages: Iterable<Page>, nowMs: number): void {
  for (const page of pages) {
    if (page.stalled) continue;
    page.stalled = true;
    page.sink.send("event: stalled\ndata: {}\n\n");
    page.sentMs = nowMs;
  }
}

/** Keeps the connections of silent pages open; their place moves on, so that they never have to read far back. */
export function beat(pages: Iterable<Page>, nowMs: number): void {
  for (const page of pages) {
    if (nowMs - page.sentMs < HEARTBEAT_MS || !page.sink.ready()) continue;
    if (page.feed.position !== null && !page.stalled) send(page, [], nowMs);
    else page.sink.send(HEARTBEAT);
    page.sentMs = nowMs;
  }
}

function send(page: Page, events: readonly Event[], nowMs: number): void {
  page.sink.send(eventText(events, eventId(page.feed.position)));
  page.sentMs = nowMs;
}
