/** Schemas of OpenAPI documents, 3.0 and 3.1, as those of tools. */
import { fieldsOf } from "../../lib/json/lenient.ts";
import { asksForCustomer, namesCustomer } from "../../lib/tools/check/customer-names.ts";
import { patternProblem } from "../../lib/tools/check/pattern.ts";
import type { Json } from "../../lib/types/json.ts";
import type { JsonSchema } from "../../lib/types/tools/declared.ts";

const KEPT = (
  "type enum const title description default format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength " +
  "minItems maxItems uniqueItems required"
).split(" ");
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MOST_DEPTH = 12;

/** What was left out, by its path. */
type Notes = string[];

/**
 * A schema of a request without words that change nothing, and without optional fields that name a customer or are set by the system
 * itself. What is required stays, for the check to refuse.
 */
export function inputSchema(given: unknown, path: string, notes: Notes, depth = 0): JsonSchema {
  const fields = fieldsOf(given);
  if (depth > MOST_DEPTH) return { $ref: "circular" };
  if ("$ref" in fields) return { $ref: String(fields.$ref) };
  const clean: [string, Json][] = KEPT.filter((key) => key in fields).map((key) => [
    key,
    fields[key] as Json,
  ]);
  if (typeof fields.pattern === "string" && patternProblem(fields.pattern) === null)
    clean.push(["pattern", fields.pattern]);
  if ("items" in fields) clean.push(["items", inputSchema(fields.items, `${path}[]`, notes, depth + 1)]);
  for (const key of LISTS) {
    const list = fields[key];
    if (Array.isArray(list))
      clean.push([key, list.map((one) => inputSchema(one, path, notes, depth + 1)) as Json]);
  }
  if ("properties" in fields) clean.push(["properties", properties(fields, path, notes, depth)]);
  return asOf31(Object.fromEntries(clean), fields);
}

function properties(
  fields: Readonly<Record<string, unknown>>,
  path: string,
  notes: Notes,
  depth: number,
): Json {
  const required = new Set(Array.isArray(fields.required) ? fields.required : []);
  const kept = Object.entries(fieldsOf(fields.properties)).flatMap(
    ([name, schema]): [string, JsonSchema][] => {
      const at = path === "" ? name : `${path}.${name}`;
      const { readOnly, description, title } = fieldsOf(schema);
      const names =
        namesCustomer(name) ||
        namesCustomer(String(title ?? "")) ||
        asksForCustomer(String(description ?? ""));
      if (readOnly === true || (names && !required.has(name))) {
        notes.push(names ? `left out "${at}": it names a customer` : `left out "${at}": it is read-only`);
        return [];
      }
      return [[name, inputSchema(schema, at, notes, depth + 1)]];
    },
  );
  return Object.fromEntries(kept) as Json;
}

/** `nullable` and the exclusive bounds of 3.0 in the words of 3.1. */
function asOf31(schema: JsonSchema, { nullable }: Readonly<Record<string, unknown>>): JsonSchema {
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema;
  const bounds = {
    ...bound("exclusiveMinimum", exclusiveMinimum, "minimum", minimum),
    ...bound("exclusiveMaximum", exclusiveMaximum, "maximum", maximum),
  };
  const names = fieldsOf(rest.properties);
  const required =
    Array.isArray(rest.required) && "properties" in rest
      ? { required: rest.required.filter((name) => Object.hasOwn(names, String(name))) }
      : {};
  const type = nullable === true && typeof rest.type === "string" ? { type: [rest.type, "null"] } : {};
  const options =
    nullable === true && Array.isArray(rest.enum) && !rest.enum.includes(null)
      ? { enum: [...rest.enum, null] }
      : {};
  return { ...rest, ...bounds, ...required, ...type, ...options };
}

function bound(
  exclusiveKey: string,
  exclusive: Json | undefined,
  key: string,
  value: Json | undefined,
): JsonSchema {
  if (typeof exclusive === "boolean")
    return value === undefined ? {} : { [exclusive ? exclusiveKey : key]: value };
  return {
    ...(exclusive !== undefined && { [exclusiveKey]: exclusive }),
    ...(value !== undefined && { [key]: value }),
  };
}

/** Longest promise of an answer that is kept: every turn of the company reads it. */
const MOST_ANSWER_CHARACTERS = 3_000;

/** What an operation promises to answer, without words; undefined when it says nothing, or too much to be kept. */
export function answerSchema(given: unknown): JsonSchema | undefined {
  const schema = answerPart(given, 0);
  const text = schema && JSON.stringify(schema);
  return !text || text === "{}" || text.length > MOST_ANSWER_CHARACTERS || text.includes('"$ref"')
    ? undefined
    : schema;
}

function answerPart(given: unknown, depth: number): JsonSchema {
  const fields = fieldsOf(given);
  // Anything fits what is deeper: it is cut before the model sees it.
  if (depth > 6 || "$ref" in fields) return {};
  const clean: [string, Json][] = ["type", "enum", "const", "required"]
    .filter((key) => key in fields)
    .map((key) => [key, fields[key] as Json]);
  if ("items" in fields) clean.push(["items", answerPart(fields.items, depth + 1)]);
  if ("properties" in fields)
    clean.push([
      "properties",
      Object.fromEntries(
        Object.entries(fieldsOf(fields.properties)).map(([name, one]) => [name, answerPart(one, depth + 1)]),
      ),
    ]);
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    const list = fields[key];
    if (Array.isArray(list)) clean.push([key, list.map((one) => answerPart(one, depth + 1)) as Json]);
  }
  const { properties: names } = fields;
  const writeOnly = Object.entries(fieldsOf(names))
    .filter(([, one]) => fieldsOf(one).writeOnly === true)
    .map(([name]) => name);
  const schema = asOf31(Object.fromEntries(clean), fields);
  const kept = Array.isArray(fields.required)
    ? fields.required.filter((name) => !writeOnly.includes(String(name)))
    : null;
  return kept ? { ...schema, required: kept as Json } : schema;
}
