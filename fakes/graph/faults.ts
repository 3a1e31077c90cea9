import type { FaultRule } from "../faults/faults.ts";

/** A request to `/messages` as it came, whatever became of it. */
export interface GraphRequest {
  path: string;
  phoneNumberId: string;
  /** Parsed JSON; null when there was none. */
  body: unknown;
  atMs: number;
}

/** Chooses the fault of each request to `/messages`. */
export type GraphFaultRule = FaultRule<GraphRequest>;
