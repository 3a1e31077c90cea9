import { z } from "zod";
import type { JsonSchema } from "../protocol/request.ts";

const schemaShape = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/** The simplest object that a JSON schema allows: first choices, zeros, empty texts and lists. */
export function exampleOf(schema: JsonSchema): Record<string, unknown> {
  const properties = schemaShape.safeParse(schema).data?.properties ?? {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, exampleValue(property)]),
  );
}

function exampleValue(schema: JsonSchema): unknown {
  const shape = schemaShape.safeParse(schema).data;
  if (shape?.enum) return shape.enum[0];
  switch (shape?.type) {
    case "object":
      return exampleOf(schema);
    case "array":
      return [];
    case "number":
    case "integer":
      return 0;
    case "boolean":
      return false;
    case "string":
      return "";
    default:
      return null;
  }
}
