import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { Env } from "hono/types";

/** A listening HTTP server. */
export interface Listening {
  server: Server;
  port: number;
  url: string;
}

/** Time limits for a client's headers and whole request; a slower one is answered 408 and closed. */
const CLIENT_LIMITS = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };

/** Serves `app`; port 0 picks a free one. Throws an error that names the fix when the address is not available. */
export function listen<E extends Env>(app: Hono<E>, port: number, host: string): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: CLIENT_LIMITS,
  });
  if (!("closeAllConnections" in server)) throw new Error("expected an HTTP/1 server");
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === "object" && address ? address.port : port;
      resolve({ server, port: actual, url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}` });
    });
  });
}

/** Throws like `listen` when the address is not available; to be called before anything slow starts. */
export async function assertFree(port: number, host: string): Promise<void> {
  const { server } = await listen(new Hono(), port, host);
  await stopListening(server);
}

/** Stops listening and closes every connection. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === "EADDRINUSE")
    return new Error(
      `Port ${port} is taken: stop the program that uses it, or set PORT to another number, e.g. PORT=3001.`,
    );
  if (error.code === "EACCES")
    return new Error(`Port ${port} may not be used by this account: set PORT to a number above 1023.`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new Error(
      `HOST is ${host}, which is not an address of this machine: set HOST=127.0.0.1 or 0.0.0.0.`,
    );
  return error;
}
