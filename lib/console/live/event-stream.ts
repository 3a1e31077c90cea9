import type { Clock } from "../../types/clock.ts";
import type { Event } from "./feed.ts";

/** The way to one page. */
export interface Sink {
  /** False while the page does not take what it has been sent: send nothing more. */
  ready(): boolean;
  send(text: string): void;
  /** Ends the stream; the page opens a new one. */
  end(): void;
}

/** What waits for a slow page at most, besides the events of one round. */
const MAX_WAITING_BYTES = 64 * 1024;

/** Events as text, and the place behind them: a page that was cut off before the last one takes all of them again. */
export function eventText(events: readonly Event[], id: string): string {
  const texts = events.map(({ name, data }) => `event: ${name}\ndata: ${JSON.stringify(data)}\n`);
  return `${texts.join("\n")}id: ${id}\n\n`;
}

/** Keeps a silent connection open. */
export const HEARTBEAT = ":\n\n";

/** A response of server-sent events, until its lifetime is over or the page leaves; `join` returns what is called then. */
export function openEventStream(
  join: (sink: Sink) => () => void,
  lifetimeMs: number,
  clock: Clock,
): Response {
  const encoder = new TextEncoder();
  const life = new AbortController();
  let leave = () => {};
  const over = (): boolean => {
    if (life.signal.aborted) return true;
    life.abort();
    leave();
    return false;
  };
  const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const ready = () => (controller.desiredSize ?? 0) > 0;
    const send = (text: string) => !life.signal.aborted && controller.enqueue(encoder.encode(text));
    const end = () => {
      if (over()) return;
      if (ready()) controller.close();
      // What a stuck page has not taken would stay in memory.
      else controller.error(new Error("the page takes nothing"));
    };
    send(HEARTBEAT);
    leave = join({ ready, send, end });
    void clock.sleep(lifetimeMs, life.signal).then(end);
  };
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: MAX_WAITING_BYTES });
  const body = new ReadableStream<Uint8Array>({ start, cancel: () => void over() }, strategy);
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // No proxy keeps it, compresses it, or waits for its end.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
