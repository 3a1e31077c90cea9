import type { Intercept } from "../../host/stores/intercept.ts";
import { type NeonEndpoint, type NeonOptions, startNeonEndpoint } from "../../host/stores/neon.ts";
import {
  startUpstashEndpoint,
  type UpstashEndpoint,
  type UpstashOptions,
} from "../../host/stores/upstash.ts";
import { createFaultPlan, createFaultPlayer, type FaultRule } from "./faults.ts";

/** Faults of an endpoint, chosen by the body of a request: SQL or commands. */
interface Faulty {
  setFault(rule: FaultRule<string> | null): void;
}

export type FaultyNeon = NeonEndpoint & Faulty;
export type FaultyUpstash = UpstashEndpoint & Faulty;

/** Neon's endpoint, which fails on demand. */
export const startFaultyNeon = (options: NeonOptions): Promise<FaultyNeon> =>
  withFaults((intercept) => startNeonEndpoint({ ...options, intercept }));

/** Upstash's endpoint, which fails on demand. */
export const startFaultyUpstash = (options: UpstashOptions): Promise<FaultyUpstash> =>
  withFaults((intercept) => startUpstashEndpoint({ ...options, intercept }));

async function withFaults<Endpoint extends { close(): Promise<void> }>(
  start: (intercept: Intercept) => Promise<Endpoint>,
): Promise<Endpoint & Faulty> {
  const stopping = new AbortController();
  const plan = createFaultPlan<string>();
  const { around } = createFaultPlayer(stopping.signal);
  const endpoint = await start((body, incoming, answer) => around(plan.next(body), incoming, answer));
  return {
    ...endpoint,
    setFault: plan.set,
    close() {
      stopping.abort();
      return endpoint.close();
    },
  };
}
