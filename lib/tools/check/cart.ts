/** A tool that takes the carts which customers send from the catalogue: what it gets, and what its declaration must hold. */
import type { DeclaredTool, JsonSchema } from "../../types/tools/declared.ts";
import type { ToolProblem } from "./input-schema.ts";

/** Bounds of a cart that is handed over; of a larger one a person takes care. */
export const CART_BOUNDS = { lines: 100, quantity: 999, id: 100, note: 1_000 } as const;

const AMOUNT: JsonSchema = { type: "string", pattern: "^[0-9]{1,16}([.][0-9]{1,6})?$" };
const CURRENCY: JsonSchema = { type: "string", pattern: "^[A-Z]{3}$" };
const COUNT: JsonSchema = { type: "integer", minimum: 1 };

/** Input of a tool with `"takes": "order"`, filled in by code from the customer's message. Amounts are exact decimals, as text. */
export const CART_INPUT: JsonSchema = {
  type: "object",
  properties: {
    items: {
      type: "array",
      minItems: 1,
      maxItems: CART_BOUNDS.lines,
      items: {
        type: "object",
        properties: {
          id: { type: "string", minLength: 1, maxLength: CART_BOUNDS.id },
          quantity: { type: "integer", minimum: 1, maximum: CART_BOUNDS.quantity },
          price: AMOUNT,
          currency: CURRENCY,
        },
        required: ["id", "quantity", "price", "currency"],
      },
    },
    lines: COUNT,
    pieces: COUNT,
    total: AMOUNT,
    currency: CURRENCY,
    catalog: { type: "string", maxLength: CART_BOUNDS.id },
    note: { type: "string", maxLength: CART_BOUNDS.note },
  },
  required: ["items", "lines", "pieces", "total", "currency"],
};

/** Fields that every cart has and that can be shown in one line. */
const SHOWN = ["lines", "pieces", "total", "currency"];
const PLACEHOLDER = /\{([A-Za-z0-9_.]{1,200})\}/g;

/** The tool with the input that it gets; any other tool as it is. */
export const withCartInput = (tool: DeclaredTool): DeclaredTool =>
  tool.takes === "order" ? { ...tool, input: CART_INPUT } : tool;

/** What is wrong with a tool that takes carts. `given`: as it was declared. */
export function cartProblems(given: DeclaredTool): ToolProblem[] {
  if (given.takes !== "order") return [];
  const problems: ToolProblem[] = [];
  if (given.input !== undefined && !isSame(given.input, CART_INPUT))
    problems.push({ field: "input", message: "is filled in from the customer's cart: take it out" });
  const { effect } = given;
  if (!effect)
    problems.push({
      field: "effect",
      message: 'is missing: "takes": "order" is done when the customer confirms',
    });
  for (const [name, texts] of [
    ["ask", effect?.ask],
    ["done", effect?.done],
  ] as const)
    for (const [language, text] of Object.entries(texts ?? {}))
      for (const [, path = ""] of text.matchAll(PLACEHOLDER))
        if (!SHOWN.includes(path) && !path.startsWith("answer."))
          problems.push({
            field: `effect.${name}.${language}`,
            message: `names {${path}}: of a cart there are ${SHOWN.map((field) => `{${field}}`).join(", ")}`,
          });
  return problems;
}

/** The database keeps the keys of JSON in an order of its own. */
const isSame = (one: unknown, other: unknown): boolean => sorted(one) === sorted(other);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  ) ?? "";
