/** Ports of the console: ratings, what is open, and how far a company has come. */
import type { Queue } from "../../../contracts/console/insight.ts";
import type { CsatSummary, StartView } from "../../../contracts/console/settings.ts";

/** Reads what owners look at. */
export interface Overview {
  ratings(tenantId: string, days: number): Promise<CsatSummary>;
  /** What is open at this moment. */
  queue(tenantId: string): Promise<Queue>;
  start(tenantId: string): Promise<StartView>;
  /** Deletes the customers and the colleagues of the demonstration; returns how many customers. */
  removeDemo(tenantId: string): Promise<number>;
}
