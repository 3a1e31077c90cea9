/** Checks data against a JSON Schema. */
import type { Json } from "../../types/json.ts";
import type { JsonSchema } from "../../types/tools/declared.ts";

/** Formats that are cheap to check; others are annotations, as the specification has them. */
const FORMATS = new Set(["date", "uuid"]);

/** Keywords whose cost grows faster than what they check. Inputs are short; answers are not. */
const COSTLY = new Set(["pattern", "uniqueItems"]);

const validators = new WeakMap<JsonSchema, Promise<(value: Json) => boolean>>();

/** True when `value` fits. Never throws: a schema that cannot be evaluated fits nothing. */
export async function fits(schema: JsonSchema, value: Json, of: "input" | "answer"): Promise<boolean> {
  let validator = validators.get(schema);
  if (!validator) {
    validator = compile(schema, of);
    validators.set(schema, validator);
  }
  try {
    return (await validator)(value);
  } catch {
    return false;
  }
}

/** Loaded with the first tool that is called. */
async function compile(schema: JsonSchema, of: "input" | "answer"): Promise<(value: Json) => boolean> {
  const { Validator } = await import("@cfworker/json-schema");
  const validator = new Validator(tamed(schema, of), "2020-12", true);
  return (value) => validator.validate(value).valid;
}

/** `schema` without what is costly. */
function tamed(schema: JsonSchema, of: "input" | "answer"): JsonSchema {
  const kept = Object.entries(schema).filter(([keyword, value]) => {
    if (keyword === "format") return FORMATS.has(String(value));
    return !(of === "answer" && COSTLY.has(keyword)) && keyword !== "$schema" && keyword !== "$id";
  });
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, tamedIn(keyword, value, of)]));
}

/** Below these keywords stand names or data, not schemas. */
const NAMES = new Set(["properties", "$defs", "definitions", "dependentSchemas", "patternProperties"]);
const DATA = new Set(["enum", "const", "default", "examples", "required"]);

function tamedIn(keyword: string, value: Json, of: "input" | "answer"): Json {
  if (DATA.has(keyword)) return value;
  if (Array.isArray(value)) return value.map((item) => tamedIn("", item, of));
  if (value === null || typeof value !== "object") return value;
  if (!NAMES.has(keyword)) return tamed(value, of) as Json;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tamedIn("", one, of)]));
}
