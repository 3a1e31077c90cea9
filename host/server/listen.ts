import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { Env } from "hono/types";

/** An HTTP server that listens. */
export interface Listening {
  server: Server;
  port: number;
  url: string;
}

/** How long a client may take for its headers and for its whole request; what takes longer is answered 408 and closed. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };

/** Serves `app`; port 0 picks a free one. Throws an error that says what to change when the address cannot be had. */
export function listen<E extends Env>(app: Hono<E>, port: number, host: string): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: PATIENCE,
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

/** Throws, with what to change, when nothing could listen there: better said before anything slow is started. */
export async function assertFree(port: number, host: string): Promise<void> {
  const { server } = await listen(new Hono(), port, host);
  await stopListening(server);
}

/** Ends every connection and stops listening. */
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
