import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** An endpoint as Vercel's edge runtime calls it. */
export type Handler = (
  request: Request,
  context: { waitUntil(work: unknown): void },
) => Response | Promise<Response>;

/** Endpoints by path; each is loaded at its first request. */
export type Routes = ReadonlyMap<string, () => Promise<Handler>>;

/** The endpoints of a folder by Vercel's rule: `api/a/b.ts` answers `/api/a/b`; names with `_` or `.` in front do not count. */
export function routesOf(apiDirectory: string): Routes {
  const routes = new Map<string, () => Promise<Handler>>();
  for (const entry of readdirSync(apiDirectory, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const segments = relative(apiDirectory, file).split(sep);
    if (!entry.isFile() || !/(?<!\.d|\.test)\.ts$/.test(entry.name)) continue;
    if (segments.some((segment) => /^[_.]/.test(segment))) continue;
    const path = `/api/${segments.join("/").replace(/(^|\/)index\.ts$|\.ts$/, "")}`.replace(/\/$/, "");
    routes.set(path, () => load(file));
  }
  return routes;
}

async function load(file: string): Promise<Handler> {
  const loaded: { default?: unknown } = await import(pathToFileURL(file).href);
  const handler = handlerOf(loaded.default);
  if (handler === null) throw new Error(`${file} has no default export that is a function`);
  return async (request, context) => {
    const response: unknown = await handler(request, context);
    if (response instanceof Response) return response;
    throw new Error(`${file} did not return a Response`);
  };
}

/** A function on the edge; in the Node runtime an object whose `fetch` answers web requests. */
function handlerOf(exported: unknown): ((...args: unknown[]) => unknown) | null {
  if (typeof exported === "function") return (...args) => exported(...args);
  const web =
    typeof exported === "object" && exported !== null && "fetch" in exported ? exported.fetch : null;
  return typeof web === "function" ? (...args) => web(...args) : null;
}
