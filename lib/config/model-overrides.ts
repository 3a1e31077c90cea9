/** The setting `MODELS`: facts about models, which replace those of the table. */
import { z } from "zod";
import { FEATURES } from "./features.ts";
import { EFFORTS, type ModelFacts, type ModelOverrides } from "./models.ts";

const MAX_MODELS = 100;
const usd = z.number().min(0).max(1_000_000).nullable();
const tokens = z.number().int().min(1).max(100_000_000).nullable();
const yesOrNo = [z.boolean(), "true or false"] as const;
const price = [usd, "US dollars, 0 or more, or null"] as const;
const limit = [tokens, "a number of tokens, or null"] as const;

/** Each field: its schema, and its description for error messages. */
const FIELDS = {
  inputUsd: price,
  cachedInputUsd: price,
  cacheWriteUsd: price,
  outputUsd: price,
  minuteUsd: price,
  imageTokens: limit,
  temperature: yesOrNo,
  tokenLimit: [z.enum(["max_tokens", "max_completion_tokens"]), '"max_tokens" or "max_completion_tokens"'],
  efforts: [z.array(z.enum(EFFORTS)), `a list of some of ${EFFORTS.join(", ")}`],
  thinks: yesOrNo,
  jsonSchema: yesOrNo,
  tools: yesOrNo,
  forcedTool: yesOrNo,
  vision: yesOrNo,
  cacheMarks: yesOrNo,
  omit: [z.array(z.enum(FEATURES)), `a list of some of ${FEATURES.join(", ")}`],
  contextTokens: limit,
  outputTokens: limit,
  shutdown: [z.iso.date().nullable(), 'a day such as "2027-01-14", or null'],
  successor: [z.string().trim().min(1).max(200).nullable(), "a model id in quotes, or null"],
} as const satisfies Record<keyof ModelFacts, readonly [z.ZodType, string]>;

type Field = keyof typeof FIELDS;

/** Schema of `MODELS`; its issues name the model, the field and the fix. */
export const modelOverrides = z.string().transform((value, context): ModelOverrides => {
  const models = parseJson(value);
  if (!isObject(models))
    return refuse(context, 'it is not a JSON object such as {"my-model":{"temperature":false}}');
  const entries = Object.entries(models);
  if (entries.length > MAX_MODELS) return refuse(context, `it has over ${MAX_MODELS} models`);
  const read = entries.map(([id, facts]) => [id, isObject(facts) ? facts : null] as const);
  const problems = read.flatMap(([id, facts]) => problemsOf(id, facts));
  for (const message of problems) context.addIssue({ code: "custom", message });
  return Object.fromEntries(read.map(([id, facts]) => [id, facts ?? {}]));
});

function problemsOf(id: string, facts: Readonly<Record<string, unknown>> | null): string[] {
  const name = `model ${JSON.stringify(id.slice(0, 60))}`;
  if (facts === null) return [`${name} must be an object of ${Object.keys(FIELDS).join(", ")}`];
  return Object.entries(facts).flatMap(([field, value]) => {
    if (!isField(field))
      return [`${name} has an unknown field; it may have ${Object.keys(FIELDS).join(", ")}`];
    const [schema, description] = FIELDS[field];
    return schema.safeParse(value).success ? [] : [`${name}: ${field} must be ${description}`];
  });
}

function refuse(context: z.RefinementCtx, message: string): ModelOverrides {
  context.addIssue({ code: "custom", message });
  return {};
}

const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
