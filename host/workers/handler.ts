import type { Platform } from "../../lib/compose/platform.ts";

/** An endpoint as Vercel calls it. */
export type Handler = (
  request: Request,
  context: { waitUntil(work: unknown): void },
) => Response | Promise<Response>;

/**
 * Loads the endpoint of a module: composed for `platform` if the module allows it, otherwise as on Vercel. Throws when it has
 * none.
 */
export async function loadHandler(url: string, platform?: Platform): Promise<Handler> {
  const { create, default: onVercel }: { create?: unknown; default?: unknown } = await import(url);
  const handler = handlerOf(platform && typeof create === "function" ? create(platform) : onVercel);
  if (handler === null) throw new Error(`${url} has no default export that is a function`);
  return async (request, context) => {
    const response: unknown = await handler(request, context);
    if (response instanceof Response) return response;
    throw new Error(`${url} did not return a Response`);
  };
}

/** On the edge an endpoint is a function; in the Node runtime it is an object with `fetch`. */
function handlerOf(exported: unknown): ((...args: unknown[]) => unknown) | null {
  if (typeof exported === "function") return (...args) => exported(...args);
  const web =
    typeof exported === "object" && exported !== null && "fetch" in exported ? exported.fetch : null;
  return typeof web === "function" ? (...args) => web(...args) : null;
}
