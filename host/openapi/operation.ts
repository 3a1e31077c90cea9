import { fieldsOf } from "../../lib/json/lenient.ts";
import type { ToolProblem } from "../../lib/tools/check/input-schema.ts";
import type { Json } from "../../lib/types/json.ts";
import type { ContextVia, DeclaredTool, HttpVia, JsonSchema } from "../../lib/types/tools/declared.ts";
import type { OpenApiFile, OwnOperation } from "./file.ts";
import { answerSchema, inputSchema } from "./schema.ts";

type Fields = Readonly<Record<string, unknown>>;

/** One operation of a document whose references are resolved. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  /** Parameters of the path and of the operation. */
  parameters: readonly Fields[];
  own: Fields;
}

/** A tool made of an operation, what is wrong with it, and what was left out. */
export interface MadeTool {
  tool: DeclaredTool;
  problems: ToolProblem[];
  notes: string[];
}

interface Making {
  operation: Operation;
  problems: ToolProblem[];
  notes: string[];
  headers: Readonly<Record<string, string>>;
}

/** The tool of an operation at `base`. */
export function toolOf(
  operation: Operation,
  wanted: OwnOperation,
  file: OpenApiFile,
  base: string,
): MadeTool {
  const making: Making = { operation, problems: [], notes: [], headers: file.headers ?? {} };
  const { url, query, properties, required } = parametersOf(making);
  const body = bodyOf(making, new Set(Object.keys(properties)));
  const method = operation.method.toUpperCase() as HttpVia["method"];
  if (method !== "GET" && !wanted.effect && !wanted.reads)
    note(
      making,
      "",
      `changes something, by its method ${method}: give it an "effect", or "reads": true if it only reads`,
    );
  const needed = [...new Set([...required, ...body.required])];
  const promised = answerSchema(answerOf(operation.own));
  const answer = wanted.answer ?? (promised && { schema: promised });
  const tool: DeclaredTool = {
    name: wanted.name ?? nameOf(operation.id),
    description: wanted.description ?? descriptionOf(operation),
    input: {
      type: "object",
      properties: { ...properties, ...body.properties } as Json,
      ...(needed.length > 0 && { required: needed }),
    },
    via: {
      kind: "http",
      method,
      url: `${base.replace(/\/+$/, "")}${url}`,
      ...(Object.keys(query).length > 0 && { query }),
      ...(file.headers && { headers: file.headers }),
      ...(file.context && { context: file.context as ContextVia }),
    },
    ...(answer && { answer }),
    ...(wanted.timeoutMs && { timeoutMs: wanted.timeoutMs }),
    ...(wanted.effect && { effect: wanted.effect }),
  };
  return { tool, problems: making.problems, notes: making.notes };
}

const note = ({ problems, operation }: Making, what: string, message: string): void =>
  void problems.push({
    field: `operations.${operation.id}`,
    message: what === "" ? message : `${what} ${message}`,
  });

function parametersOf(making: Making) {
  const { operation } = making;
  const found = {
    url: operation.path,
    query: {} as Record<string, string>,
    properties: {} as Record<string, JsonSchema>,
    required: [] as string[],
  };
  for (const parameter of operation.parameters) {
    const name = String(parameter.name);
    const field = name.replace(/\W+/g, "_").replace(/^(?=\d)|_+$/g, (end) => (end === "" ? "_" : ""));
    const problem = unsupported(parameter, making);
    if (problem !== null) {
      const { length } = making.notes;
      if (problem !== "" && parameter.required === true)
        note(making, `${parameter.in} parameter "${name}"`, problem);
      else if (problem !== "")
        making.notes[length] = `left out ${parameter.in} parameter "${name}": ${problem}`;
      continue;
    }
    const { notes } = making;
    const { properties, required } = inputSchema(
      { properties: { [field]: described(parameter) }, required: parameter.required === true ? [field] : [] },
      "",
      notes,
    );
    const schema = fieldsOf(properties)[field];
    if (schema === undefined) continue;
    if (parameter.in === "path") found.url = found.url.replaceAll(`{${name}}`, `{${field}}`);
    else found.query[name] = field;
    found.properties[field] = schema as JsonSchema;
    if (Array.isArray(required)) found.required.push(...required.map(String));
  }
  return found;
}

const described = ({ schema, description }: Fields): Fields => ({
  ...(description !== undefined && { description }),
  ...fieldsOf(schema),
});

/** Why a parameter is not the model's to fill in; empty: it need not be. Null when it is. */
function unsupported(parameter: Fields, { headers }: Making): string | null {
  const { in: place, name, style, explode, schema } = parameter;
  if (place === "header") {
    const given = Object.keys(headers).some((header) => header.toLowerCase() === String(name).toLowerCase());
    return given ? "" : 'is a header: write it into "headers" of this file, with its value';
  }
  if (place === "cookie") return "is a cookie, which is never sent";
  if (place !== "path" && place !== "query") return `stands in "${String(place)}", which is not known`;
  if (schema === undefined) return "has no schema";
  const { type } = fieldsOf(schema);
  if (place === "path")
    return (style === undefined || style === "simple") && type !== "object" && type !== "array"
      ? null
      : "is no plain value";
  if (type === "object" || style === "deepObject") return "is an object, which queries of tools cannot have";
  const isList = type === "array";
  return isList && (explode === false || (style !== undefined && style !== "form"))
    ? "is a list that is not repeated"
    : null;
}

interface Body {
  properties: Record<string, JsonSchema>;
  required: string[];
}

function bodyOf(making: Making, taken: ReadonlySet<string>): Body {
  const none: Body = { properties: {}, required: [] };
  const given = fieldsOf(making.operation.own.requestBody);
  if (Object.keys(given).length === 0) return none;
  const content = fieldsOf(given.content);
  const type = Object.keys(content).find((name) => /^application\/([\w.-]+\+)?json\b/.test(name));
  const refuse = (message: string): Body => {
    if (given.required === true) note(making, "the body", message);
    else making.notes.push(`left out the body: ${message}`);
    return none;
  };
  if (type === undefined)
    return refuse(`is ${Object.keys(content).join(", ") || "nothing"}; only JSON is sent`);
  const schema = merged(inputSchema(fieldsOf(content[type]).schema, "", making.notes));
  if (schema === null)
    return refuse("is no JSON object with named fields: write this tool by hand (docs/tools.md)");
  const twice = Object.keys(schema.properties).filter((name) => taken.has(name));
  if (twice.length > 0) return refuse(`has a field of the same name as a parameter: ${twice.join(", ")}`);
  return given.required === true ? schema : { ...schema, required: [] };
}

/** The fields of an object, and of all objects that it is made of; null when it is none. */
function merged(schema: JsonSchema): Body | null {
  if ("anyOf" in schema || "oneOf" in schema || "$ref" in schema) return null;
  const parts = Array.isArray(schema.allOf)
    ? schema.allOf.map((part) => merged(fieldsOf(part) as JsonSchema))
    : [];
  if (schema.type !== "object" && !("properties" in schema) && parts.length === 0) return null;
  if (parts.includes(null)) return null;
  const whole = parts as Body[];
  return {
    properties: Object.assign({}, ...whole.map(({ properties }) => properties), fieldsOf(schema.properties)),
    required: [
      ...whole.flatMap(({ required }) => required),
      ...(Array.isArray(schema.required) ? schema.required.map(String) : []),
    ],
  };
}

function answerOf(own: Fields): unknown {
  const responses = fieldsOf(own.responses);
  const status = ["200", "201", "202", "2XX", "default"].find((code) => code in responses);
  const content = fieldsOf(fieldsOf(status && responses[status]).content);
  const type = Object.keys(content).find((name) => /^application\/([\w.-]+\+)?json\b/.test(name));
  return type && fieldsOf(content[type]).schema;
}

/** `listFreeSlots` as `list_free_slots`. */
const nameOf = (id: string): string =>
  id
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .replace(/^[_\d]+|_+$/g, "")
    .toLowerCase()
    .slice(0, 40);

const descriptionOf = ({ id, own }: Operation): string =>
  [own.summary, own.description]
    .filter((text): text is string => typeof text === "string" && text.trim() !== "")
    .join(". ")
    .slice(0, 1_000) || id;
