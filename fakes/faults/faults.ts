import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";

/** Moment of a fault: once `first` has resolved, and `delayMs` later. */
export interface FaultTiming {
  first?: () => Promise<unknown>;
  delayMs?: number;
}

/**
 * Failure of one request: a fixed answer, no answer, a cut connection, or a delay alone. With `afterAccepting` the request
 * takes effect and only its answer is lost; a request that is refused gets its refusal.
 */
export type Fault = FaultTiming & { afterAccepting?: boolean } & (
    | { status: number; body?: unknown; headers?: Record<string, string> }
    | { hang: true }
    | { reset: true }
    | { delayMs: number }
  );

/** Chooses the fault of each request, or null for none; `n` counts from 1 since the rule was set. */
export type FaultRule<Request, Planned = Fault> = (request: Request, n: number) => Planned | null;

/** The rule in force. */
export interface FaultPlan<Request, Planned = Fault> {
  set(rule: FaultRule<Request, Planned> | null): void;
  next(request: Request): Planned | null;
}

/** A plan that starts with this rule. */
export function createFaultPlan<Request, Planned = Fault>(
  initial: FaultRule<Request, Planned> | null = null,
): FaultPlan<Request, Planned> {
  let current = initial;
  let count = 0;
  return {
    set(rule) {
      current = rule;
      count = 0;
    },
    next: (request) => current?.(request, ++count) ?? null,
  };
}

type Incoming = HttpBindings["incoming"];

/** Carries faults out on the requests of one server. */
export interface FaultPlayer {
  wait(timing: FaultTiming): Promise<void>;
  /** Returns the answer to give, or null when the request goes on as usual. */
  play(fault: Fault, incoming: Incoming): Promise<Response | null>;
  /** Answers as usual, or as the fault wants it. */
  around(
    fault: Fault | null,
    incoming: Incoming,
    answer: () => Response | Promise<Response>,
  ): Promise<Response>;
}

/** A player whose delays and unanswered requests end when `stopping` aborts. */
export function createFaultPlayer(stopping: AbortSignal): FaultPlayer {
  // Every request that waits listens for the end, and there may be thousands.
  setMaxListeners(0, stopping);
  const wait = async ({ first, delayMs = 0 }: FaultTiming): Promise<void> => {
    await first?.();
    if (delayMs > 0) await sleep(delayMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
  };
  const play: FaultPlayer["play"] = async (fault, incoming) => {
    await wait(fault);
    if ("status" in fault) return answerOf(fault);
    if ("reset" in fault) incoming.socket.resetAndDestroy();
    else if ("hang" in fault) await disconnected(incoming, stopping);
    else return null;
    return new Response(null, { status: 500 });
  };
  return {
    wait,
    play,
    async around(fault, incoming, answer) {
      if (!fault) return answer();
      if (!fault.afterAccepting) return (await play(fault, incoming)) ?? answer();
      const response = await answer();
      return (response.ok ? await play(fault, incoming) : null) ?? response;
    },
  };
}

function answerOf({ status, body = {}, headers }: Extract<Fault, { status: number }>): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { "content-type": "application/json", ...headers } });
}

/** Resolves when the client has disconnected, or the server stops. */
function disconnected({ socket }: Incoming, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
    stopping.addEventListener("abort", () => resolve(), { once: true });
  });
}
