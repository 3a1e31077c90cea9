const REQUEST_CONTEXT = Symbol.for("@vercel/request-context");

type Work = Promise<unknown> | (() => Promise<unknown>);
type RequestContext = { headers?: Record<string, string>; url?: string; waitUntil?: (work: Work) => void };
type Provider = { get?: () => RequestContext | undefined };

const completed = new WeakSet<Provider>();

/**
 * Completes Vercel's request context for `@vercel/otel`, which does not check it: `vercel dev` gives no headers (each root
 * span would throw) and a `waitUntil` that accepts only promises.
 */
export function completeRequestContext(): void {
  const provider: Provider | undefined = Reflect.get(globalThis, REQUEST_CONTEXT);
  if (!provider?.get || completed.has(provider)) return;
  const get = provider.get.bind(provider);
  completed.add(provider);
  provider.get = () => {
    const context = get();
    if (!context || context.headers) return context;
    const waitUntil = (work: Work): void => context.waitUntil?.(typeof work === "function" ? work() : work);
    return { ...context, headers: {}, url: context.url ?? "", waitUntil };
  };
}
