/** Keeps of an input what its schema names. */
import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import type { Json } from "../../types/json.ts";
import type { JsonSchema } from "../../types/tools/declared.ts";

/** Keywords whose schemas describe the same value. */
const SAME_PLACE = ["allOf", "anyOf", "oneOf"] as const;

/**
 * `value` without fields that no schema names, at every depth. What a schema leaves open stays closed: an object without `properties`
 * becomes an empty one, so nothing unnamed reaches a system.
 */
export function pruned(value: Json, schemas: readonly JsonSchema[]): Json {
  const here = schemas.flatMap(spread);
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      pruned(
        item,
        here.flatMap((schema) => itemsAt(schema, index)),
      ),
    );
  }
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    const named = here.map((schema) => fieldOf(fieldsOf(schema.properties), key)).filter(isSchema);
    return named.length === 0 ? [] : [[key, pruned(item, named)]];
  });
  return Object.fromEntries(kept);
}

function spread(schema: JsonSchema): JsonSchema[] {
  const more = SAME_PLACE.flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list.filter(isSchema) : [];
  });
  return [schema, ...more.flatMap(spread)];
}

function itemsAt({ items, prefixItems }: JsonSchema, index: number): JsonSchema[] {
  const prefix = Array.isArray(prefixItems) ? prefixItems[index] : undefined;
  return [prefix ?? items].filter(isSchema);
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
