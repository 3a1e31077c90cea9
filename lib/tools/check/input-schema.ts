/** The schema of a tool's input: what is bounded, closed, and names no customer. */
import { fieldsOf } from "../../json/lenient.ts";
import type { Json } from "../../types/json.ts";
import type { JsonSchema } from "../../types/tools/declared.ts";
import { asksForCustomer, namesCustomer } from "./customer-names.ts";
import { patternProblem } from "./pattern.ts";

/** One thing that is wrong, by the field of the tool and what to do about it. */
export interface ToolProblem {
  field: string;
  message: string;
}

const MOST_NODES = 300;
const MOST_DEPTH = 8;
const MOST_REFS = 100;

/** Keywords that are kept as they are. */
const PLAIN = new Set(
  (
    "type enum const title description default format pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength " +
    "maxLength minItems maxItems uniqueItems required minProperties maxProperties"
  ).split(" "),
);
const SCHEMA_LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
/** Words for people and tools, which change nothing; unnamed fields are never sent in any case. */
const DROPPED = new Set(
  (
    "$schema $id $comment $anchor $defs definitions examples example readOnly writeOnly deprecated externalDocs xml discriminator " +
    "additionalProperties unevaluatedProperties contentMediaType contentEncoding"
  ).split(" "),
);
const TYPES = new Set("object array string number integer boolean null".split(" "));

/** A name that people read as they write it: Latin letters, digits, `_ . $ @ [ ] -`, a letter first. */
const NAME = /^[A-Za-z_$@][\w$@.[\]-]{0,63}$/;

const FIX = "take it out: the system gets the verified customer in x-chasqui-context (docs/tools.md)";

interface Walk {
  root: JsonSchema;
  problems: ToolProblem[];
  nodes: number;
  refs: number;
}

/** The schema without references and without words that change nothing; `problems` when it cannot be used. */
export function cleanInputSchema(schema: JsonSchema): { schema: JsonSchema; problems: ToolProblem[] } {
  const walk: Walk = { root: schema, problems: [], nodes: 0, refs: 0 };
  const clean = cleaned(schema, "input", 0, walk);
  if (clean.type !== "object") note(walk, "input", 'is not the schema of an object: "type" must be "object"');
  return { schema: clean, problems: walk.problems };
}

function note({ problems }: Walk, field: string, message: string): void {
  if (problems.length < 50 && !problems.some((one) => one.field === field && one.message === message))
    problems.push({ field, message });
}

function cleaned(given: unknown, path: string, depth: number, walk: Walk): JsonSchema {
  walk.nodes++;
  if (depth > MOST_DEPTH || walk.nodes > MOST_NODES) {
    note(walk, "input", `is nested more than ${MOST_DEPTH} deep, or has more than ${MOST_NODES} parts`);
    return {};
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    if (given !== true) note(walk, path, "is not a schema: an object");
    return {};
  }
  const fields = given as Record<string, unknown>;
  if ("$ref" in fields) return referenced(fields, path, depth, walk);
  const kept: [string, Json][] = [];
  for (const [keyword, value] of Object.entries(fields)) {
    const clean = cleanedKeyword(keyword, value, { path, depth, walk });
    if (clean !== undefined) kept.push([keyword, clean]);
  }
  return Object.fromEntries(kept);
}

interface Place {
  path: string;
  depth: number;
  walk: Walk;
}

function cleanedKeyword(keyword: string, value: unknown, { path, depth, walk }: Place): Json | undefined {
  const at = `${path}.${keyword}`;
  if (keyword === "properties") return cleanedProperties(value, at, depth, walk);
  if (keyword === "items") return cleaned(value, at, depth + 1, walk);
  if (SCHEMA_LISTS.has(keyword) && Array.isArray(value))
    return value.map((one, index) => cleaned(one, `${at}.${index}`, depth + 1, walk));
  if (keyword.startsWith("x-") || DROPPED.has(keyword)) {
    if (keyword === "additionalProperties" && Object.keys(fieldsOf(value)).length > 0)
      note(walk, at, 'allows fields of any name: name them under "properties"');
    return undefined;
  }
  if (!PLAIN.has(keyword)) {
    note(walk, at, "is a keyword that is not supported here: take it out");
    return undefined;
  }
  const problem = plainProblem(keyword, value);
  if (problem) note(walk, at, problem);
  return value as Json;
}

function plainProblem(keyword: string, value: unknown): string | null {
  if (keyword === "pattern") return patternProblem(String(value));
  if (keyword === "type" && ![value].flat().every((type) => TYPES.has(String(type))))
    return `is none of ${[...TYPES].join(", ")}`;
  if (keyword === "title" && namesCustomer(String(value))) return `names a customer: ${FIX}`;
  if (keyword === "description" && asksForCustomer(String(value)))
    return `asks for a customer's identity: ${FIX}`;
  return null;
}

function cleanedProperties(given: unknown, path: string, depth: number, walk: Walk): JsonSchema {
  const kept = Object.entries(fieldsOf(given)).map(([name, schema]): [string, JsonSchema] => {
    const at = `${path}.${name}`;
    const folded = name.normalize("NFKD").replace(/\p{M}+/gu, "");
    if (!NAME.test(folded) || name === "__proto__")
      note(walk, at, "is not a field's name: Latin letters, digits and _ . $ @ [ ] -, at most 64");
    else if (namesCustomer(folded)) note(walk, at, `names a customer: ${FIX}`);
    return [name, cleaned(schema, at, depth + 1, walk)];
  });
  return Object.fromEntries(kept);
}

/** References are put in place, so that nothing after this needs to follow one. */
function referenced(fields: Record<string, unknown>, path: string, depth: number, walk: Walk): JsonSchema {
  const { $ref, ...beside } = fields;
  const keys = typeof $ref === "string" && $ref.startsWith("#/") ? $ref.slice(2).split("/") : null;
  walk.refs++;
  if (keys === null || walk.refs > MOST_REFS) {
    const message =
      keys === null
        ? "refers to something outside of the schema: put it in place, or under $defs"
        : "refers to itself, or there are too many references";
    note(walk, path, message);
    return {};
  }
  const target = keys.reduce<unknown>((value, key) => {
    const name = decodeURIComponent(key.replace(/%(?![0-9a-f]{2})/gi, "%25"))
      .replaceAll("~1", "/")
      .replaceAll("~0", "~");
    return typeof value === "object" && value !== null && Object.hasOwn(value, name)
      ? (value as Record<string, unknown>)[name]
      : undefined;
  }, walk.root);
  if (target === undefined) {
    note(walk, path, `refers to ${String($ref).slice(0, 80)}, which is not there`);
    return {};
  }
  return cleaned({ ...fieldsOf(target), ...beside }, path, depth + 1, walk);
}
