import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { HostPlatform } from "../platform.ts";
import { type Handler, loadHandler } from "../workers/handler.ts";
import { inOwnProcess } from "../workers/own-process.ts";

export type { Handler };

/** Endpoints by path; each is loaded at its first request. */
export type Routes = ReadonlyMap<string, () => Promise<Handler>>;

/** The endpoints of a folder, composed for this platform, by Vercel's rule: `api/a/b.ts` answers `/api/a/b`; names with `_` or `.` in front do not count. */
export function routesOf(apiDirectory: string, platform: HostPlatform): Routes {
  const routes = new Map<string, () => Promise<Handler>>();
  for (const entry of readdirSync(apiDirectory, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const segments = relative(apiDirectory, file).split(sep);
    if (!entry.isFile() || !/(?<!\.d|\.test)\.ts$/.test(entry.name)) continue;
    if (segments.some((segment) => /^[_.]/.test(segment))) continue;
    const path = `/api/${segments.join("/").replace(/(^|\/)index\.ts$|\.ts$/, "")}`.replace(/\/$/, "");
    routes.set(path, () => load(file, platform));
  }
  return routes;
}

/** What an endpoint asks of its platform. */
const configSchema = z.object({ runtime: z.string(), maxDuration: z.number().default(10) });

async function load(file: string, platform: HostPlatform): Promise<Handler> {
  const url = pathToFileURL(file).href;
  const { config }: { config?: unknown } = await import(url);
  const asked = configSchema.safeParse(config).data;
  return asked?.runtime === "nodejs"
    ? inOwnProcess(file, asked.maxDuration * 1_000, platform.environment())
    : loadHandler(url, platform);
}
