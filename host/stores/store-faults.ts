import type { HttpBindings } from "@hono/node-server";
import { createFaults, type Fault } from "../../fakes/graph/faults.ts";

/** Decides on each request by its body (SQL or commands); `n` counts from 1 since the rule was set. */
export type StoreFaultRule = (body: string, n: number) => Fault | null;

/** The faults of one store endpoint. */
export interface StoreFaults {
  set(rule: StoreFaultRule | null): void;
  /** Gives the answer, or what the rule makes of it: `afterAccepting` does the work and loses the answer. */
  around(
    body: string,
    incoming: HttpBindings["incoming"],
    answer: () => Promise<Response>,
  ): Promise<Response>;
}

/** `stopping` ends the requests that hang or wait. */
export function createStoreFaults(stopping: AbortSignal): StoreFaults {
  const { suffer } = createFaults(stopping);
  let rule: StoreFaultRule | null = null;
  let count = 0;
  return {
    set(next) {
      rule = next;
      count = 0;
    },
    async around(body, incoming, answer) {
      const fault = rule?.(body, ++count) ?? null;
      if (!fault) return answer();
      if (!fault.afterAccepting) return (await suffer({ fault, when: "before" }, incoming)) ?? answer();
      const response = await answer();
      return (await suffer({ fault, when: "after" }, incoming)) ?? response;
    },
  };
}
