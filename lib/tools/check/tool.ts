/** Checks that the parts of a declared tool fit together, and that it cannot name a customer. */
import { fieldsOf } from "../../json/lenient.ts";
import type { DeclaredTool, HttpVia, JsonSchema, McpVia, OrdersVia } from "../../types/tools/declared.ts";
import { isReservedHeader } from "../http/request.ts";
import { fieldsIn, templateProblem } from "../http/url.ts";
import { ICAL_INPUT } from "../ical/input.ts";
import { ORDERS_INPUT } from "../orders/answer.ts";
import { namesCustomer } from "./customer-names.ts";
import { icalProblems } from "./ical.ts";
import { cleanInputSchema, type ToolProblem } from "./input-schema.ts";
import { ordersProblems } from "./orders.ts";
import { IS_REFERENCE, REFERENCE_FIX, WAYS } from "./references.ts";

const MOST_SCHEMA_CHARACTERS = 12_000;
/** An address that is not in the file, before the path. */
const BASE = /^\$\{(?:env|secret):[^}]*\}/;
const VARIABLES = /\$\{[^}]*\}?/g;
/** Headers that are secrets by what they are for. */
const SECRET_HEADER = /authorization|cookie|token|secret|api-?key|password/i;

const FIX = "the system gets the verified customer in x-chasqui-context (docs/tools.md)";

/** A tool as it is kept, with its schema closed and without references, and all that is wrong with it. */
export function checkTool(tool: DeclaredTool): { tool: DeclaredTool; problems: ToolProblem[] } {
  const { via } = tool;
  if (via.kind === "ical") return { tool: { ...tool, input: ICAL_INPUT }, problems: icalProblems(tool, via) };
  if (via.kind === "orders")
    return {
      tool: { ...tool, input: ORDERS_INPUT },
      problems: [...ordersProblems(tool), ...urlProblems(via), ...fieldsInUrl(via)],
    };
  const { schema, problems } = cleanInputSchema(tool.input);
  if (JSON.stringify(schema).length > MOST_SCHEMA_CHARACTERS)
    problems.push({ field: "input", message: `is longer than ${MOST_SCHEMA_CHARACTERS} characters` });
  problems.push(...headerProblems(via), ...urlProblems(via));
  if (via.kind === "mcp") problems.push(...fieldsInUrl(via));
  problems.push(...reminderProblems(tool, schema));
  if (via.kind === "http") problems.push(...fieldProblems(via, schema), ...methodProblems(via, tool));
  return { tool: { ...tool, input: schema }, problems };
}

/** Where the input does not go into the URL. */
const fieldsInUrl = ({ kind, url }: McpVia | OrdersVia): ToolProblem[] =>
  fieldsIn(url.replace(BASE, "")).length === 0
    ? []
    : [
        {
          field: "via.url",
          message: `has a {field}: the input of ${kind === "mcp" ? "an MCP tool goes to the tool" : "an order system goes into the body"} alone`,
        },
      ];

function headerProblems({ headers = {} }: HttpVia | McpVia): ToolProblem[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const field = `via.headers.${name}`;
    const wrong = variablesIn(value).some((one) => !IS_REFERENCE.test(one));
    if (wrong) return [{ field, message: REFERENCE_FIX }];
    if (isReservedHeader(name)) return [{ field, message: "is set by Chasqui itself: take it out" }];
    if (SECRET_HEADER.test(name) && variablesIn(value).length === 0)
      return [{ field, message: `has a secret in a file: write ${WAYS} instead (docs/tools.md)` }];
    return namesCustomer(name) ? [{ field, message: `names a customer: take it out, ${FIX}` }] : [];
  });
}

const variablesIn = (text: string): string[] => text.match(VARIABLES) ?? [];

function urlProblems({ url }: HttpVia | McpVia | OrdersVia): ToolProblem[] {
  const [base = ""] = BASE.exec(url) ?? [];
  const rest = url.slice(base.length);
  const field = "via.url";
  if ((base !== "" && !IS_REFERENCE.test(base)) || variablesIn(rest).length > 0)
    return [{ field, message: `may only begin with ${WAYS}, and name nothing else` }];
  if (base !== "" && !/^(\/|$)/.test(rest))
    return [{ field, message: "needs a / behind the address that it names" }];
  const problem = templateProblem(base === "" ? url : `https://system.example${rest}`);
  return problem === null ? [] : [{ field, message: `cannot be used: ${problem}` }];
}

/** The fields that a reminder names are those of the input, or of the answer as it is picked. */
function reminderProblems({ effect, answer }: DeclaredTool, schema: JsonSchema): ToolProblem[] {
  const { remind, forget = "" } = effect ?? {};
  const texts = {
    ...{
      "effect.forget": forget,
      "effect.remind.at": remind?.at ?? "",
      "effect.remind.key": remind?.key ?? "",
    },
    "effect.remind.values": remind?.values.join(" ") ?? "",
  };
  const [input, picked] = [propertiesOf(schema), answer?.pick && new Set(Object.keys(answer.pick))];
  return Object.entries(texts).flatMap(([field, text]) =>
    [...text.matchAll(FIELD)].flatMap(([, ofAnswer, name = ""]): ToolProblem[] => {
      if (ofAnswer === undefined)
        return input.has(name)
          ? []
          : [
              {
                field,
                message: `names {${name}}, which is no field of the input; one of the answer is {answer.…}`,
              },
            ];
      return !picked || picked.has(name)
        ? []
        : [{ field, message: `names {answer.${name}}, which is not under answer.pick: add it there` }];
    }),
  );
}

/** A placeholder's first field. */
const FIELD = /\{(answer\.)?([A-Za-z0-9_]{1,64})[^{}]*\}/g;

/** The fields that a request names are those of the input. */
function fieldProblems({ url, query = {}, body = [] }: HttpVia, schema: JsonSchema): ToolProblem[] {
  const template = url.replace(BASE, "");
  const [path = "", search = ""] = template.split("?", 2);
  const known = propertiesOf(schema);
  const unknown = (field: string, name: string): ToolProblem[] =>
    known.has(name) ? [] : [{ field, message: `names {${name}}, which is no field of the input` }];
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return [
    ...fieldsIn(template).flatMap((name) => unknown("via.url", name)),
    ...fieldsIn(path)
      .filter((name) => known.has(name) && !required.has(name))
      .map((name) => ({
        field: "via.url",
        message: `has {${name}} in its path, so the input must require it`,
      })),
    ...Object.values(query).flatMap((name) => unknown("via.query", name)),
    ...body.flatMap((name) => unknown("via.body", name)),
    ...Object.keys(query)
      .filter(namesCustomer)
      .map((name) => ({ field: `via.query.${name}`, message: `names a customer: take it out, ${FIX}` })),
    ...customerInUrl(path, search),
  ];
}

/** `/customers/{code}` and `?phone={x}` name a customer whatever the field is called. */
function customerInUrl(path: string, search: string): ToolProblem[] {
  const before = [...path.matchAll(/([^/{}]{1,100})\/?\{[^}]*\}/g)].map(([, part = ""]) => part);
  const parameters = search
    .split("&")
    .filter((pair) => pair.includes("{"))
    .map((pair) => pair.split("=")[0] ?? "");
  return [...before, ...parameters].filter(namesCustomer).map((part) => ({
    field: "via.url",
    message: `lets the model choose the customer ("${part}"): take it out, ${FIX}`,
  }));
}

function methodProblems({ method, body, query = {}, url }: HttpVia, tool: DeclaredTool): ToolProblem[] {
  if (["PUT", "PATCH", "DELETE"].includes(method) && !tool.effect)
    return [
      { field: "effect", message: `is missing: ${method} changes something, which the customer confirms` },
    ];
  if (method !== "GET") return [];
  if (tool.effect)
    return [{ field: "effect", message: "needs POST, PUT, PATCH or DELETE: a GET may be asked twice" }];
  if (body) return [{ field: "via.body", message: "is for POST, PUT, PATCH and DELETE" }];
  const sent = new Set([...fieldsIn(url.replace(BASE, "")), ...Object.values(query)]);
  return [...propertiesOf(tool.input)]
    .filter((name) => !sent.has(name))
    .map((name) => ({
      field: `input.properties.${name}`,
      message: "is never sent: name it in via.query or the URL",
    }));
}

function propertiesOf(schema: JsonSchema): Set<string> {
  const more = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list.map((one) => propertiesOf(fieldsOf(one) as JsonSchema)) : [];
  });
  return new Set([...Object.keys(fieldsOf(schema.properties)), ...more.flatMap((names) => [...names])]);
}
