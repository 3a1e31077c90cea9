import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { listen, stopListening } from "../server/listen.ts";
import { type Intercept, noIntercept } from "./intercept.ts";
import { neonError, parseNeonRequest, runNeonRequest } from "./neon-protocol.ts";
import type { SqlEngine } from "./sql-engine.ts";

export interface NeonOptions {
  engine: SqlEngine;
  /** Password of clients, unrelated to that of the engine. */
  password: string;
  port?: number;
  intercept?: Intercept;
}

/** Neon's HTTP endpoint on loopback. */
export interface NeonEndpoint {
  port: number;
  /** For `POSTGRES_URL`. */
  url: string;
  /** Totals since the start: `http` requests, and the statements in them. */
  requests: { http: number; statements: number };
  /** Stops listening; the engine belongs to the caller and stays open. */
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Serves the protocol of Neon's driver (`/sql`, single and batch, text values) in front of any engine. */
export async function startNeonEndpoint(options: NeonOptions): Promise<NeonEndpoint> {
  const requests = { http: 0, statements: 0 };
  const addressOf = (port: number) =>
    `postgres://chasqui:${encodeURIComponent(options.password)}@localhost:${port}/chasqui`;
  const { engine, intercept = noIntercept } = options;
  const app = neonApp({ engine, intercept, requests, identity: identityOf(addressOf(1)) });
  const { server, port } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url: addressOf(port),
    requests,
    close: () => stopListening(server),
  };
}

type Bindings = { Bindings: HttpBindings };

function neonApp(parts: {
  engine: SqlEngine;
  intercept: Intercept;
  requests: NeonEndpoint["requests"];
  identity: Uint8Array;
}): Hono<Bindings> {
  const { engine, intercept, requests, identity } = parts;
  const app = new Hono<Bindings>();
  app.post("/sql", bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    requests.http += 1;
    const address = context.req.header("neon-connection-string") ?? "";
    if (!timingSafeEqual(identityOf(address), identity)) return context.json(WRONG_PASSWORD, 400);
    const text = await context.req.text();
    const body = parseNeonRequest(text);
    if (!body) return context.json({ message: "not a request of Neon's driver" }, 400);
    requests.statements += "queries" in body ? body.queries.length : 1;
    return intercept(text, context.env.incoming, () =>
      runNeonRequest(engine, body, context.req.header()).then(
        (answer) => context.json(answer),
        (error) => refuse(context, error),
      ),
    );
  });
  return app;
}

function refuse(context: Context, error: unknown): Response {
  const known = neonError(error);
  return known ? context.json(known, 400) : context.text("the database cannot be reached", 503);
}

const WRONG_PASSWORD = { message: "password authentication failed", severity: "FATAL", code: "28P01" };

/** Digest of an address's user, password and database, for comparison in constant time. */
function identityOf(address: string): Uint8Array {
  const { username, password, pathname } = URL.canParse(address) ? new URL(address) : new URL("postgres://-");
  return createHash("sha256").update([username, password, pathname].join("\n")).digest();
}
