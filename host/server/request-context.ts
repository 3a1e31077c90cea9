import { AsyncLocalStorage } from "node:async_hooks";

/** Request context that `@vercel/functions` and `@vercel/otel` read from the platform. */
interface RequestContext {
  waitUntil(work: unknown): void;
  headers: Record<string, string>;
  url: string;
}

/** Work that outlives its response, across all requests of one server. */
export interface Background {
  /** Runs `handle` inside a request context; `settled` resolves when its background work is done, and is null unless `each`. */
  run<T>(
    request: Request,
    handle: (context: Pick<RequestContext, "waitUntil">) => Promise<T>,
  ): { result: Promise<T>; settled: Promise<void> | null };
  /** Resolves when no background work is left. */
  drain(): Promise<void>;
}

const contexts = new AsyncLocalStorage<RequestContext>();
const CONTEXT_KEY = Symbol.for("@vercel/request-context");

/**
 * Provides Vercel's request context in plain Node, where `waitUntil` would be a silent no-op. With `each` every request has
 * its own; otherwise all share one, because in Node 20 separate contexts cost time at every promise.
 */
export function createBackground(onError: (error: unknown) => void, each: boolean): Background {
  const everything = new Set<Promise<void>>();

  const track = (work: unknown, own: Set<Promise<void>>): void => {
    // `@vercel/otel` passes a function, all others a promise.
    const task: Promise<void> = Promise.resolve()
      .then(() => (typeof work === "function" ? work() : work))
      .then(() => undefined, onError)
      .finally(() => {
        own.delete(task);
        everything.delete(task);
      });
    own.add(task);
    everything.add(task);
  };

  const shared: RequestContext = { waitUntil: (work) => track(work, everything), headers: {}, url: "" };
  Reflect.set(globalThis, CONTEXT_KEY, { get: () => contexts.getStore() ?? shared });

  return {
    run(request, handle) {
      if (!each) return { result: (async () => handle(shared))(), settled: null };
      const own = new Set<Promise<void>>();
      const context: RequestContext = {
        waitUntil: (work) => track(work, own),
        headers: Object.fromEntries(request.headers),
        url: request.url,
      };
      const result = contexts.run(context, async () => handle(context));
      const settled = result.then(
        () => allDone(own),
        () => allDone(own),
      );
      return { result, settled };
    },
    drain: () => allDone(everything),
  };
}

/** Waits until the set is empty; work may start more work. */
export async function allDone(tasks: ReadonlySet<Promise<void>>): Promise<void> {
  while (tasks.size > 0) await Promise.all(tasks);
}

/** Waits for `work`, at most `limitMs`. */
export async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
