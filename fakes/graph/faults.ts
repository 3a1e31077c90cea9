import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";

/** A request to `/messages` as it came, whatever became of it. */
export interface GraphRequest {
  path: string;
  phoneNumberId: string;
  /** Parsed JSON; null when there was none. */
  body: unknown;
  atMs: number;
}

/**
 * What goes wrong with one request: an answer of our choosing, no answer, a cut connection, or a delay before all is
 * well. With `afterAccepting` the message was sent all the same, and its status reports come. `first` is waited for
 * before it goes wrong.
 */
export type Fault = (
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { hang: true }
  | { reset: true }
  | { delayMs: number }
) & { afterAccepting?: boolean; first?: () => Promise<unknown> };

/** Decides on each request; `n` counts from 1 since the rule was set. Null: nothing goes wrong. */
export type FaultRule = (request: GraphRequest, n: number) => Fault | null;

export interface GraphFaults {
  set(rule: FaultRule | null): void;
  next(request: GraphRequest): PlannedFault | null;
  /** Plays the fault out: the answer to give, or null when the request goes on as usual. */
  suffer(fault: PlannedFault, incoming: HttpBindings["incoming"]): Promise<Response | null>;
}

type PlannedFault = { fault: Fault; when: "before" | "after" };

/** The faults of one pretend Graph API; `stopping` ends those that wait. */
export function createFaults(stopping: AbortSignal): GraphFaults {
  let current: FaultRule | null = null;
  let count = 0;
  return {
    set(rule) {
      current = rule;
      count = 0;
    },
    next(request) {
      const fault = current?.(request, ++count) ?? null;
      return fault && { fault, when: fault.afterAccepting ? "after" : "before" };
    },
    async suffer({ fault }, incoming) {
      await fault.first?.();
      if ("delayMs" in fault) {
        await sleep(fault.delayMs, undefined, { signal: stopping, ref: false }).catch(() => undefined);
        return null;
      }
      if ("status" in fault) return answerOf(fault);
      if ("reset" in fault) incoming.socket.resetAndDestroy();
      else await gone(incoming, stopping);
      return new Response(null, { status: 500 });
    },
  };
}

function answerOf(fault: Extract<Fault, { status: number }>): Response {
  const body = typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body ?? {});
  const headers = { "content-type": "application/json", ...fault.headers };
  return new Response(body, { status: fault.status, headers });
}

/** Resolves when the client has given up, or the server stops. */
function gone(incoming: HttpBindings["incoming"], stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    incoming.socket.once("close", () => resolve());
    stopping.addEventListener("abort", () => resolve(), { once: true });
  });
}
