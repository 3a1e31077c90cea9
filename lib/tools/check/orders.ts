/** Checks a tool that reads an order system. */
import type { DeclaredTool } from "../../types/tools/declared.ts";
import { ORDERS_INPUT } from "../orders/answer.ts";
import type { ToolProblem } from "./input-schema.ts";

/** All that is wrong with it but its URL, by field and with what to do. */
export function ordersProblems({ input, effect, answer, takes }: DeclaredTool): ToolProblem[] {
  const note = (field: string, message: string): ToolProblem => ({ field, message });
  const known = Object.keys(ORDERS_INPUT.properties as object);
  const given = Object.keys((input.properties as object | undefined) ?? {});
  return [
    ...(effect ? [note("effect", "is not possible: orders are only read; take it out")] : []),
    ...(answer ? [note("answer", "is that of docs/connector.md for an order system: take it out")] : []),
    ...(takes ? [note("takes", "is not possible: orders are only read; take it out")] : []),
    ...(given.some((name) => !known.includes(name))
      ? [note("input", "is that of docs/connector.md for an order system: take it out")]
      : []),
  ];
}
