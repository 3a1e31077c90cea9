import type { Random } from "./random.ts";

/** A server process; killed, it never continues; frozen, it continues later without noticing. */
export interface Process {
  name: string;
  dead: boolean;
  frozenUntil: number;
}

/** The only source of time and order: events run in sequence, each until nothing is left to do at that instant. */
export interface Loop {
  now(): number;
  /** Runs `event` after `delayMs`, on behalf of a process or of the world outside. */
  after(delayMs: number, event: () => void, process?: Process): void;
  /** Runs events until `untilMs`, or until `stop` says so or none is left. */
  run(untilMs: number, stop: () => boolean): Promise<void>;
}

interface Event {
  atMs: number;
  /** Random, so that events of one instant run in any order. */
  order: number;
  run: () => void;
  process: Process | null;
}

/** A loop whose time starts at `startMs`; `beforeEvent` may kill or freeze the process that is about to run. */
export function createLoop(
  startMs: number,
  random: Random,
  beforeEvent: (process: Process) => void,
): Loop & { current(): Process | null } {
  const events: Event[] = [];
  let nowMs = startMs;
  let current: Process | null = null;

  const step = async (event: Event): Promise<void> => {
    nowMs = Math.max(nowMs, event.atMs);
    const { process } = event;
    if (!process) return event.run();
    if (!process.dead && process.frozenUntil <= nowMs) beforeEvent(process);
    if (process.dead) return;
    if (process.frozenUntil > nowMs) {
      return insert(events, { ...event, atMs: process.frozenUntil, order: random.int(0, 1e9) });
    }
    current = process;
    event.run();
    // Everything that follows from it without waiting happens now.
    await new Promise<void>((resolve) => setImmediate(resolve));
    current = null;
  };

  return {
    now: () => nowMs,
    current: () => current,
    after: (delayMs, run, process) =>
      insert(events, { atMs: nowMs + delayMs, order: random.int(0, 1e9), run, process: process ?? null }),
    async run(untilMs, stop) {
      while (!stop()) {
        const event = events.at(-1);
        if (!event || event.atMs > untilMs) {
          nowMs = Math.max(nowMs, untilMs);
          return;
        }
        events.pop();
        await step(event);
      }
    },
  };
}

/** Inserts an event into a list that is sorted from the last to the next. */
function insert(events: Event[], event: Event): void {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = events[middle];
    if (other && (other.atMs > event.atMs || (other.atMs === event.atMs && other.order > event.order)))
      low = middle + 1;
    else high = middle;
  }
  events.splice(low, 0, event);
}

/** While `work` runs, `AbortSignal.timeout` uses the loop's time and belongs to the process that called it. */
export async function withVirtualTimeouts<T>(
  loop: Loop & { current(): Process | null },
  work: () => Promise<T>,
): Promise<T> {
  const real = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const abort = () => controller.abort(new DOMException("The time is over.", "TimeoutError"));
    loop.after(ms, abort, loop.current() ?? undefined);
    return controller.signal;
  };
  try {
    return await work();
  } finally {
    AbortSignal.timeout = real;
  }
}
