import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createPublicFetch } from "../../../host/public-fetch.ts";
import { createGuardedFetch } from "../../../lib/http/public/guard.ts";
import { createToolRunner } from "../../../lib/tools/runner.ts";
import type { DeclaredTool, HttpVia, OnBehalfOf } from "../../../lib/types/tools/declared.ts";

export const NOW_MS = Date.UTC(2026, 10, 30);
export const SECRET = "shared secret";
export const never = new AbortController().signal;

export const ANA: OnBehalfOf = {
  tenant: { id: "t1", phoneNumberId: "100" },
  customer: { phone: "5215577788899", waUserId: "PE.1" },
  conversationId: "c1",
  idempotencyKey: "turn-1:book",
};

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

type Answer = (request: Received, response: ServerResponse, n: number) => void;

/** A system on loopback, and what it was sent. */
export async function startSystem(answer: Answer) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers, body });
    answer({ method, url, headers, body }, response, received.length);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}`, received };
}

export const json =
  (value: unknown, status = 200): Answer =>
  (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

interface Options {
  allowed?: readonly string[];
  variables?: Record<string, string>;
  secret?: string | null;
  secretKeys?: readonly Uint8Array[];
  resolve?: (name: string) => Promise<string[]>;
}

/** A runner as `npm start` has it, or with a resolver as on the edge, with a clock that stands still. */
export function runnerFor(options: Options = {}) {
  const { allowed = [], variables = {}, secret = SECRET, secretKeys = [], resolve } = options;
  const slept: number[] = [];
  const warned: object[] = [];
  const time = { nowMs: NOW_MS };
  const clock = {
    now: () => time.nowMs,
    sleep: async (ms: number) => void slept.push(ms),
  };
  const own = resolve ? undefined : createPublicFetch(allowed);
  const runner = createToolRunner({
    fetch: createGuardedFetch({ allowed, plainHttp: [], resolve: resolve ?? null, fetch: own }),
    clock,
    variable: (name) => variables[name],
    ...{ secret, secretKeys },
    log: { warn: (event, fields) => void warned.push({ event, ...fields }) },
  });
  return { runner, slept, warned, time };
}

/** A tool at `url`. */
export const toolAt = (
  via: Partial<HttpVia> & { url: string },
  more: Partial<DeclaredTool> = {},
): DeclaredTool => ({
  name: "free_slots",
  description: "Free slots of a day",
  input: {
    type: "object",
    properties: { day: { type: "string" }, service: { type: "string" }, count: { type: "integer" } },
    required: ["day"],
  },
  via: { kind: "http", method: "GET", ...via },
  ...more,
});

export const EFFECT = { ask: { en: "Book {day}?" }, done: { en: "Booked." } };
