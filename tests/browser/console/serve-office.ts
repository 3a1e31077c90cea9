import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { build } from "vite";
import { serve } from "../../../host/server/server.ts";
import { pageConfig } from "../../../vite.config.ts";

const PROJECT = join(import.meta.dirname, "../../..");

/** The built console with an API of the test, served with the headers and rewrites of production. */
export async function serveConsole(api: Hono): Promise<{ url: string; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "chasqui-console-"));
  await build({ ...pageConfig("console", directory), configFile: false, logLevel: "error" });
  const onError = (error: unknown) => console.error(error);
  const where = { port: 0, host: "127.0.0.1", projectDirectory: PROJECT, staticDirectory: directory };
  const server = await serve({ ...where, routes: new Map(), extra: api, onError });
  return {
    url: `${server.url}/console`,
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
