/** Port of the console: companies as their own systems are called for them. */
import type { OrderCompany } from "../tools.ts";

export interface CompanySystems {
  /** Null when there is no such company. */
  of(tenantId: string): Promise<OrderCompany | null>;
}
