import type { HttpBindings } from "@hono/node-server";
import type { Answer, ParsedRequest } from "./protocol.ts";
import { errorBody } from "./wire.ts";

/**
 * What goes wrong with one request: an error answer, no answer, a cut connection, a body that is no JSON, other words
 * or tool calls than it would have said, a refusal. `delayMs` alone only makes it late; `first` is waited for before all.
 */
export type Fault = { delayMs?: number; first?: () => Promise<unknown> } & (
  | { status: number; headers?: Record<string, string>; body?: string }
  | { hang: true }
  | { reset: true }
  | { garbage: string }
  | { content: string }
  | { toolCalls: { name: string; arguments: string }[] }
  | { refusal: string }
  | { delayMs: number }
);

/** Decides on each request; `n` counts from 1 since the rule was set. Null: nothing goes wrong. */
export type FaultRule = (request: ParsedRequest, n: number) => Fault | null;

/** Plays a fault out: a response, another answer, or null when the request goes on as usual. */
export async function suffer(
  fault: Fault,
  incoming: HttpBindings["incoming"],
): Promise<Response | Answer | null> {
  await fault.first?.();
  if (fault.delayMs !== undefined) await sleepOrGone(fault.delayMs, incoming);
  if ("status" in fault) return errorResponse(fault);
  if ("garbage" in fault)
    return new Response(fault.garbage, { headers: { "content-type": "application/json" } });
  if ("content" in fault) return { text: fault.content };
  if ("toolCalls" in fault || "refusal" in fault) return fault;
  if ("reset" in fault) incoming.socket.resetAndDestroy();
  else if ("hang" in fault) await gone(incoming);
  else return null;
  return new Response(null, { status: 500 });
}

function errorResponse({ status, headers, body }: Extract<Fault, { status: number }>): Response {
  const text = body ?? JSON.stringify(errorBody(status, `A ${status} made for a test.`, null));
  return new Response(text, { status, headers: { "content-type": "application/json", ...headers } });
}

/** A connection serves many requests, so its listener ends with this one. */
function sleepOrGone(ms: number, { socket }: HttpBindings["incoming"]): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      socket.off("close", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms).unref();
    socket.once("close", wake);
  });
}

function gone(incoming: HttpBindings["incoming"]): Promise<void> {
  return new Promise((resolve) => incoming.socket.once("close", () => resolve()));
}
