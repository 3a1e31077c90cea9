import type { OrdersView } from "../../../contracts/console/thread.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { CompanySystems } from "../../types/console/systems.ts";
import type { Customer } from "../../types/conversation.ts";
import type { OrderRecord, RecordsOf } from "../../types/tools.ts";

/** Time for the company's system, including a retry. */
const LIMIT_MS = 5_000;

/** A customer's orders in the company's system, newest first; a failure is a state, as the panel goes on without them. */
export async function ordersOf(
  tenantId: string,
  customer: Pick<Customer, "phone" | "waUserId">,
  { systems, records: recordsOf, log }: { systems: CompanySystems; records: RecordsOf; log: Log },
): Promise<OrdersView> {
  const company = await systems.of(tenantId);
  const records = company && recordsOf(company);
  if (!records) return { state: "not_connected" };
  try {
    const orders = await records.orders(customer, null, AbortSignal.timeout(LIMIT_MS));
    return { state: "ok", orders: orders.map((order) => ({ number: order.number, lines: linesOf(order) })) };
  } catch (error) {
    log.warn("console.orders_failed", { code: errorCode(error) });
    return { state: "failed" };
  }
}

/** What the company says about an order, in its own words. */
function linesOf({
  status,
  placedOn,
  items,
  total,
  carrier,
  trackingUrl,
  expectedOn,
}: OrderRecord): string[] {
  const dates = [placedOn, ...(expectedOn === undefined ? [] : [expectedOn])].join(" → ");
  const lines = [status, dates, ...items.map(({ name, quantity }) => `${quantity} × ${name}`), total];
  return [...lines, carrier, trackingUrl].filter((line): line is string => line !== undefined && line !== "");
}
