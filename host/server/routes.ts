import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { HostPlatform } from "../machine/platform.ts";
import { type Handler, loadHandler } from "../workers/handler.ts";
import { inOwnProcess } from "../workers/own-process.ts";

export type { Handler };

/** Endpoints by path; each is loaded at its first request. */
export type Routes = ReadonlyMap<string, () => Promise<Handler>>;

/** Files of a folder that are endpoints by Vercel's rule, relative to it; names that begin with `_` or `.` do not count. */
export function endpointFiles(apiDirectory: string): string[] {
  return readdirSync(apiDirectory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d|\.test)\.ts$/.test(entry.name))
    .map((entry) => relative(apiDirectory, join(entry.parentPath, entry.name)).split(sep))
    .filter((segments) => !segments.some((segment) => /^[_.]/.test(segment)))
    .map((segments) => segments.join("/"));
}

/** The endpoints of a folder, composed for this platform: `api/a/b.ts` answers `/api/a/b`, `api/a/[...path].ts` all below `/api/a/`. */
export function routesOf(apiDirectory: string, platform: HostPlatform): Routes {
  return new Map(
    endpointFiles(apiDirectory).map((file) => {
      const path = `/api/${file.replace(/(^|\/)index\.ts$|\.ts$/, "")}`
        .replace(/\/$/, "")
        .replace(/\[\.{3}\w+\]$/, "*");
      return [path, () => load(join(apiDirectory, file), platform)];
    }),
  );
}

/** Requirements of an endpoint on its platform. */
const configSchema = z.object({ runtime: z.string(), maxDuration: z.number().default(10) });

async function load(file: string, platform: HostPlatform): Promise<Handler> {
  const url = pathToFileURL(file).href;
  const { config, create }: { config?: unknown; create?: unknown } = await import(url);
  const asked = configSchema.safeParse(config).data;
  // What cannot be composed for a platform is kept apart from this process.
  return asked?.runtime === "nodejs" && create === undefined
    ? inOwnProcess(file, asked.maxDuration * 1_000, platform.environment())
    : loadHandler(url, platform);
}
