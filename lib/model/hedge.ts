import { firstOf } from "../http/signals.ts";
import type { Clock } from "../types/clock.ts";

/** Asks once more when a call is slower than nearly all before it. */
export interface Hedge {
  /**
   * The answer that comes first: that of the call, or of the same call made once more. The other one is aborted and told to
   * `onDiscarded`. `name`: calls that take about as long.
   */
  ask<Answer>(
    name: string,
    call: (signal: AbortSignal) => PromiseLike<Answer>,
    asking: { clock: Clock; signal: AbortSignal; onDiscarded: () => void },
  ): Promise<Answer>;
}

/** Calls of a name that tell how slow is slow, the newest ones. */
const LEAST = 50;
const NEWEST = 500;
const SLOWEST = 0.98;
/** Nothing that is answered sooner is slow. */
const FLOOR_MS = 500;
/** Further calls, of all: each call earns a part of one, and few can be saved up. */
const SHARE = 0.02;
const MOST_SAVED = 2;

/** A hedge that has seen no calls. */
export function createHedge(): Hedge {
  const seen = new Map<string, number[]>();
  let saved = 0;
  const timesOf = (name: string): number[] => {
    const times = seen.get(name) ?? [];
    seen.set(name, times);
    return times;
  };
  const slowMs = (name: string): number | null => {
    const times = timesOf(name).toSorted((one, other) => one - other);
    if (times.length < LEAST) return null;
    return Math.max(FLOOR_MS, times[Math.ceil(times.length * SLOWEST) - 1] ?? 0);
  };
  return {
    async ask(name, call, { clock, signal, onDiscarded }) {
      saved = Math.min(MOST_SAVED, saved + SHARE);
      const startedMs = clock.now();
      const first = begin(call, signal);
      const afterMs = slowMs(name);
      const isSlow = afterMs !== null && !(await first.isDoneWithin(afterMs, clock));
      const again = isSlow && saved >= 1 && !signal.aborted;
      if (again) saved -= 1;
      const answer = await (again ? sooner(first, begin(call, signal), onDiscarded) : first.answer);
      const times = timesOf(name);
      // A slow one's own time is not known where the other came first: it was slow enough.
      times.push(clock.now() - startedMs);
      if (times.length > NEWEST) times.shift();
      return answer;
    },
  };
}

interface Begun<Answer> {
  answer: Promise<Answer>;
  isDoneWithin(ms: number, clock: Clock): Promise<boolean>;
  isDone(): boolean;
  abort(): void;
}

function begin<Answer>(
  call: (signal: AbortSignal) => PromiseLike<Answer>,
  signal: AbortSignal,
): Begun<Answer> {
  const own = new AbortController();
  const over = new AbortController();
  let done = false;
  const end = () => {
    done = true;
    over.abort();
  };
  const answer = (async () => call(firstOf(signal, own.signal)))();
  const ended = answer.then(end, end);
  return {
    answer,
    isDone: () => done,
    async isDoneWithin(ms, clock) {
      await Promise.race([ended, clock.sleep(ms, over.signal)]);
      return done;
    },
    abort: () => own.abort(),
  };
}

/** The first answer of two, or the first one's failure when both fail. */
async function sooner<Answer>(
  one: Begun<Answer>,
  other: Begun<Answer>,
  onDiscarded: () => void,
): Promise<Answer> {
  try {
    return await Promise.any([one.answer, other.answer]);
  } catch {
    return await one.answer;
  } finally {
    for (const each of [one, other]) {
      if (each.isDone()) continue;
      onDiscarded();
      each.abort();
    }
  }
}

const hedges = new Map<string, Hedge>();

/** The hedge of the calls to this address: one for the whole process, so that all of them count. */
export function hedgeOf(baseUrl: string): Hedge {
  const known = hedges.get(baseUrl) ?? createHedge();
  hedges.set(baseUrl, known);
  return known;
}
