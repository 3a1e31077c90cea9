import { join } from "node:path";
import type { Hono } from "hono";
import { inject } from "vitest";
import { serve } from "../../../host/server/server.ts";

const PROJECT = join(import.meta.dirname, "../../..");

/** The built console with an API of the test, served with the headers and rewrites of production. */
export async function serveConsole(api: Hono): Promise<{ url: string; close(): Promise<void> }> {
  const onError = (error: unknown) => console.error(error);
  const where = {
    port: 0,
    host: "127.0.0.1",
    projectDirectory: PROJECT,
    staticDirectory: inject("consolePages"),
  };
  const server = await serve({ ...where, routes: new Map(), extra: api, onError });
  return {
    url: `${server.url}/console`,
    close: server.close,
  };
}
