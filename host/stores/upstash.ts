import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { listen, stopListening } from "../server/listen.ts";
import type { CacheEngine, Reply } from "./cache-engine.ts";
import { type Intercept, noIntercept } from "./intercept.ts";

export interface UpstashOptions {
  engine: CacheEngine;
  /** Bearer token of clients. */
  token: string;
  port?: number;
  intercept?: Intercept;
}

/** Upstash's REST API on loopback. */
export interface UpstashEndpoint {
  port: number;
  /** For `KV_REST_API_URL`. */
  url: string;
  /** For `KV_REST_API_TOKEN`. */
  token: string;
  /** Totals since the start: `http` requests, and the commands in them. */
  requests: { http: number; commands: number };
  /** Stops listening; the engine belongs to the caller and stays open. */
  close(): Promise<void>;
}

/** Upstash's request limit on paid plans; on the free plan it is 1 MB. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const command = z.array(word).min(1);

type Bindings = { Bindings: HttpBindings };
type Outcome = { result: Reply } | { error: string };

/** Serves Upstash's protocol (`/`, `/pipeline`, `/multi-exec`, base64 on demand) in front of any engine. */
export async function startUpstashEndpoint(options: UpstashOptions): Promise<UpstashEndpoint> {
  const requests = { http: 0, commands: 0 };
  const app = upstashApp(options, requests);
  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url,
    token: options.token,
    requests,
    close: () => stopListening(server),
  };
}

function upstashApp(
  { engine, token, intercept = noIntercept }: UpstashOptions,
  requests: UpstashEndpoint["requests"],
): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(async (context, next) => {
    requests.http += 1;
    const bearer = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    return isSame(bearer, token) ? next() : context.json({ error: "Unauthorized" }, 401);
  });
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => reject(context, 413) }));
  /** Adds one endpoint with the shape of its body and its work. */
  const route = <T>(
    path: string,
    shape: z.ZodType<T>,
    act: (body: T) => Promise<Outcome | Outcome[]>,
  ): void => {
    app.post(path, async (context) => {
      const text = await context.req.text();
      const body = shape.safeParse(parseJson(text));
      if (!body.success) return reject(context, 400);
      requests.commands += path === "/" ? 1 : Array.isArray(body.data) ? body.data.length : 0;
      return intercept(text, context.env.incoming, async () => respond(context, await act(body.data)));
    });
  };
  route("/", command, (one) => attempt(engine, one));
  route("/pipeline", z.array(command), (list) => Promise.all(list.map((one) => attempt(engine, one))));
  route("/multi-exec", z.array(command), async (list) => (await engine.transaction(list)).map(toOutcome));
  return app;
}

async function attempt(engine: CacheEngine, words: string[]): Promise<Outcome> {
  return toOutcome(
    await engine.run(words).catch((error) => (error instanceof Error ? error : new Error("ERR"))),
  );
}

const toOutcome = (reply: Reply | Error): Outcome =>
  reply instanceof Error ? { error: reply.message } : { result: reply };

function respond(context: Context, outcome: Outcome | Outcome[]): Response {
  const base64 = context.req.header("upstash-encoding") === "base64";
  const encode = (one: Outcome): Outcome =>
    "result" in one && base64 ? { result: toBase64(one.result) } : one;
  if (Array.isArray(outcome)) return context.json(outcome.map(encode));
  return context.json(encode(outcome), "error" in outcome ? 400 : 200);
}

function toBase64(reply: Reply): Reply {
  if (Array.isArray(reply)) return reply.map(toBase64);
  return typeof reply === "string" && reply !== "OK" ? Buffer.from(reply).toString("base64") : reply;
}

const reject = (context: Context, status: 400 | 413): Response =>
  context.json(
    { error: status === 413 ? "ERR max request size exceeded" : "ERR failed to parse command" },
    status,
  );

/** Compares in constant time. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
