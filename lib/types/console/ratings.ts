/** Ports of the console: ratings, and how far a company has come. */
import type { CsatSummary, StartView } from "../../../contracts/console/settings.ts";

/** Reads what owners look at. */
export interface Overview {
  ratings(tenantId: string, days: number): Promise<CsatSummary>;
  start(tenantId: string): Promise<StartView>;
  /** Deletes the customers and the colleagues of the demonstration; returns how many customers. */
  removeDemo(tenantId: string): Promise<number>;
}
