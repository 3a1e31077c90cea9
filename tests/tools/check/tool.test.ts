import { expect, test } from "vitest";
import { patternProblem } from "../../../lib/tools/check/pattern.ts";
import { checkTool } from "../../../lib/tools/check/tool.ts";
import type { DeclaredTool, HttpVia, JsonSchema } from "../../../lib/types/tools/declared.ts";
import { EFFECT, toolAt } from "../http/system.ts";

const BASE = `\${env:TOOL_BASE}`;
const day: JsonSchema = { type: "object", properties: { day: { type: "string" } }, required: ["day"] };

const problemsOf = (via: Partial<HttpVia>, more: Partial<DeclaredTool> = {}): string[] =>
  checkTool(
    toolAt({ url: "https://a.example/x", query: { day: "day" }, ...via }, { input: day, ...more }),
  ).problems.map(({ field, message }) => `${field} ${message}`);

test("a good tool has no problems, and is kept closed and without references", () => {
  const input: JsonSchema = {
    type: "object",
    $defs: { day: { type: "string", format: "date", "x-order": 1, example: "2026-01-01" } },
    properties: { day: { $ref: "#/$defs/day", description: "Day of the visit" } },
    additionalProperties: true,
    required: ["day"],
  };
  const { tool, problems } = checkTool(toolAt({ url: `${BASE}/days/{day}` }, { input }));
  expect(problems).toEqual([]);
  expect(tool.input).toEqual({
    type: "object",
    properties: { day: { type: "string", format: "date", description: "Day of the visit" } },
    required: ["day"],
  });
});

test.each([
  [{ url: "https://{day}/x" }, "via.url cannot be used: a {field} stands before the path"],
  [{ url: "https://a.example/{other}" }, "via.url names {other}, which is no field of the input"],
  [{ query: { q: "other", day: "day" } }, "via.query names {other}, which is no field of the input"],
  [{ method: "POST", body: ["other"] }, "via.body names {other}, which is no field of the input"],
  [
    { url: `\${env:POSTGRES_URL}/x` },
    `via.url may only begin with \${env:TOOL_…} or \${secret:…}, and name nothing else`,
  ],
  [
    { url: `https://a.example/\${env:TOOL_X}` },
    `via.url may only begin with \${env:TOOL_…} or \${secret:…}, and name nothing else`,
  ],
  [{ url: `${BASE}.evil.example/` }, "via.url needs a / behind the address that it names"],
  [
    { url: "https://a.example/customers/{day}" },
    /^via.url lets the model choose the customer \("customers"\)/,
  ],
  [{ url: "https://a.example/x?phone={day}" }, /^via.url lets the model choose the customer \("phone"\)/],
  [{ query: { day: "day", customer_id: "day" } }, /^via.query.customer_id names a customer/],
  [{ headers: { authorization: "Bearer abc" } }, /^via.headers.authorization has a secret in a file/],
  [{ headers: { "x-api-key": `\${env:OPENAI_API_KEY}` } }, /^via.headers.x-api-key names something else/],
  [{ headers: { "X-Chasqui-Context": "x" } }, /^via.headers.X-Chasqui-Context is set by Chasqui itself/],
  [{ headers: { "x-customer-id": "x" } }, /^via.headers.x-customer-id names a customer/],
  [{ body: ["day"] }, "via.body is for POST, PUT, PATCH and DELETE"],
  [{ query: {} }, "input.properties.day is never sent: name it in via.query or the URL"],
] as [Partial<HttpVia>, string | RegExp][])("%j: %s", (via, problem) => {
  const matcher = typeof problem === "string" ? problem : expect.stringMatching(problem);
  expect(problemsOf(via)).toContainEqual(matcher);
});

const REMIND = {
  ...{ at: "{day}T10:00", key: "{answer.code}", before: 60, values: ["{day}"] },
  template: { name: "reminder", languageCodes: { es: "es" } },
};

test.each([
  [{ remind: REMIND }, []],
  [
    { remind: { ...REMIND, at: "{answer.at}" } },
    ["effect.remind.at names {answer.at}, which is not under answer.pick: add it there"],
  ],
  [
    { remind: { ...REMIND, key: "{code}" } },
    ["effect.remind.key names {code}, which is no field of the input; one of the answer is {answer.…}"],
  ],
  [{ remind: { ...REMIND, values: ["{day}", "{name}"] } }, [expect.stringMatching(/^effect.remind.values /)]],
  [{ forget: "{code}" }, [expect.stringMatching(/^effect.forget names {code}/)]],
])("of a reminder, %j: %j", (more, problems) => {
  const answer = { pick: { code: "/code" } };
  expect(
    problemsOf({ method: "POST", query: {}, body: ["day"] }, { answer, effect: { ...EFFECT, ...more } }),
  ).toEqual(problems);
});

test("an effect is no GET, and a field of the path is required", () => {
  expect(problemsOf({}, { effect: EFFECT })).toEqual([expect.stringMatching(/^effect needs POST/)]);
  const optional: JsonSchema = { type: "object", properties: { day: { type: "string" } } };
  expect(problemsOf({ url: "https://a.example/{day}" }, { input: optional })).toEqual([
    "via.url has {day} in its path, so the input must require it",
  ]);
});

const nested = (depth: number): JsonSchema =>
  depth === 0 ? { type: "string" } : { type: "object", properties: { a: nested(depth - 1) } };
const many = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`f${n}`, { type: "string" }]));
const doubling = Object.fromEntries(
  Array.from({ length: 20 }, (_, n) => [
    `d${n}`,
    { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
  ]),
);

test.each([
  ["a list", { type: "array" }, /"type" must be "object"/],
  ["depth", nested(20), /nested more than/],
  ["size", { type: "object", properties: many }, /more than 300 parts/],
  [
    "a reference to outside",
    { type: "object", properties: { a: { $ref: "https://evil.example/s" } } },
    /outside/,
  ],
  ["a reference to nothing", { type: "object", properties: { a: { $ref: "#/$defs/x" } } }, /not there/],
  ["a circle", { type: "object", properties: { a: { $ref: "#/properties/a" } } }, /nested|itself/],
  [
    "references that double",
    { type: "object", properties: { a: { $ref: "#/$defs/d0" } }, $defs: doubling },
    /nested|itself/,
  ],
  ["free names", { type: "object", additionalProperties: { type: "string" } }, /fields of any name/],
  ["free patterns", { type: "object", patternProperties: { ".*": {} } }, /not supported/],
  ["a strange name", { type: "object", properties: { рhone: {} } }, /not a field's name/],
  ["a hidden character", { type: "object", properties: { "pho\u200bne": {} } }, /not a field's name/],
  ["a costly pattern", { type: "object", properties: { a: { pattern: "(a+)+$" } } }, /repeats a group/],
] as [string, JsonSchema, RegExp][])("refuses %s in a schema", (_, input, problem) => {
  const { problems } = checkTool(toolAt({ method: "POST", url: "https://a.example/" }, { input }));
  expect(problems.map(({ message }) => message)).toContainEqual(expect.stringMatching(problem));
  expect(problems.length).toBeLessThanOrEqual(50);
});

test.each([
  ["^[A-Z]{2}-\\d{4}$", true],
  ["^\\d+(?:x)$", true],
  ["(a|b)*", false],
  ["a*b*c*", false],
  ["(?=a)b", false],
  ["(", false],
  ["a".repeat(300), false],
])("pattern %s is taken: %s", (pattern, taken) => expect(patternProblem(pattern) === null).toBe(taken));
