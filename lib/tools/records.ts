/** Companies' order systems, as the parts that read orders see them. */

import type { DeclaredTool, ToolRunner } from "../types/tools/declared.ts";
import type { BusinessRecords, OrderCompany, OrderRecord, RecordsOf } from "../types/tools.ts";
import { ORDERS_INPUT } from "./orders/answer.ts";
import { createToolRunner, type RunnerOptions } from "./runner.ts";

/** Failure of the company's system; holds nothing that a customer wrote. */
class RecordsError extends Error {
  override readonly name = "RecordsError";
  /** As of a tool's outcome; `timeout` also when the turn is over. */
  readonly code: string;
  constructor(code: string) {
    super(`company API: ${code}`);
    this.code = code;
  }
}

/** An order system, and what calls it. */
export interface OrderSystem {
  tool: DeclaredTool;
  runner: ToolRunner;
}

/** The deployment's order system (`COMPANY_API_URL`), with a runner of its own. */
export const createOrderSystem = ({ url, ...options }: RunnerOptions & { url: string }): OrderSystem => ({
  tool: { name: "orders", description: "Orders", input: ORDERS_INPUT, via: { kind: "orders", url } },
  runner: createToolRunner(options),
});

/** The order system that a company declares, called by `runner`; else the deployment's. */
export const createRecordsOf =
  (runner: ToolRunner, deployments: OrderSystem | null): RecordsOf =>
  (company) => {
    const own = company.tools?.find(({ via }) => via.kind === "orders");
    const system = own ? { tool: own, runner } : deployments;
    return system && recordsOf(system, company);
  };

const recordsOf = ({ tool, runner }: OrderSystem, tenant: OrderCompany): BusinessRecords => ({
  async orders(customer, number, signal) {
    // It is read for the customer and changes nothing: neither conversation nor key go along.
    const behalf = { tenant, customer, conversationId: "", idempotencyKey: "" };
    const outcome = await runner.run(tool, { number }, behalf, signal);
    if (!outcome.ok) throw new RecordsError(outcome.code === "aborted" ? "timeout" : outcome.code);
    return (outcome.answer as unknown as { orders: OrderRecord[] }).orders;
  },
});
