/**
 * What is known about models: price, what they take, limits, last day, successor. One source; `MODELS` overrides it. Read
 * on 28 November 2026 at https://platform.openai.com/docs/pricing, /docs/models and /docs/deprecations.
 */

import type { Feature } from "./features.ts";

/** Values of `reasoning_effort`. */
export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
export type Effort = (typeof EFFORTS)[number];

/** What a request to a model may hold, its price and its life. */
export interface ModelFacts {
  /** USD per million tokens; null when unknown. */
  inputUsd: number | null;
  cachedInputUsd: number | null;
  /** Of tokens that the service puts into its cache; null: as `inputUsd`. */
  cacheWriteUsd: number | null;
  outputUsd: number | null;
  /** USD per minute of sound. */
  minuteUsd: number | null;
  /** Tokens of one picture in low detail, at most (https://platform.openai.com/docs/guides/images-vision). */
  imageTokens: number | null;
  /** False: the model refuses `temperature`. */
  temperature: boolean;
  /** Name of the limit of an answer. */
  tokenLimit: "max_tokens" | "max_completion_tokens";
  /** Values of `reasoning_effort`, least first; empty: it is not sent. */
  efforts: readonly Effort[];
  /** True when it thinks before it answers unless its effort is `none`: the answer's limit counts these tokens too. */
  thinks: boolean;
  /** Answers by a JSON schema (`response_format`). */
  jsonSchema: boolean;
  tools: boolean;
  /** One tool may be demanded by name (`tool_choice`). */
  forcedTool: boolean;
  vision: boolean;
  /** True when the service keeps just as much of a prompt ready as is marked, and charges for it; false: it does so by itself. */
  cacheMarks: boolean;
  /** More features that a request leaves out. */
  omit: readonly Feature[];
  /** Tokens that one request may hold, and one answer; null when unknown. */
  contextTokens: number | null;
  outputTokens: number | null;
  /** Day (UTC, `YYYY-MM-DD`) on which the service ends it; null when none is announced. */
  shutdown: string | null;
  /** Id of the model that answers afterwards; null: none is known. */
  successor: string | null;
}

/** Facts that `MODELS` states, by model id. */
export type ModelOverrides = Readonly<Record<string, Readonly<Partial<ModelFacts>>>>;

/** Looks facts up by model id. */
export type FactsOf = (id: string) => ModelFacts;

/** An unknown model gets a request that most services take. Dialects that differ are learnt from refusals. */
const UNKNOWN: ModelFacts = {
  inputUsd: null,
  cachedInputUsd: null,
  cacheWriteUsd: null,
  outputUsd: null,
  minuteUsd: null,
  imageTokens: null,
  temperature: false,
  tokenLimit: "max_tokens",
  efforts: [],
  thinks: false,
  jsonSchema: true,
  tools: true,
  forcedTool: true,
  vision: true,
  cacheMarks: false,
  omit: [],
  contextTokens: null,
  outputTokens: null,
  shutdown: null,
  successor: null,
};

/** As the provider package tells reasoning models by their ids. */
const REASONING_ID = /^(?:o\d+(?:-|$)|gpt-(?:[5-9]|\d\d)(?:\.\d+)?(?:-(?!chat)|$))/;
const UNKNOWN_REASONING: ModelFacts = { ...UNKNOWN, tokenLimit: "max_completion_tokens", thinks: true };

/** The defaults and their kin end on one day; OpenAI names one successor for all of them. */
const GPT_4: ModelFacts = {
  ...UNKNOWN,
  temperature: true,
  shutdown: "2027-01-14",
  successor: "gpt-6-luna",
};
const GPT_4O: ModelFacts = { ...GPT_4, contextTokens: 128_000, outputTokens: 16_384 };
const GPT_41: ModelFacts = { ...GPT_4, contextTokens: 1_047_576, outputTokens: 32_768 };

/** Reasoning models; the chat completions of all but the first three call tools only with the effort `none`. */
const GPT_5: ModelFacts = {
  ...UNKNOWN_REASONING,
  efforts: ["minimal", "low", "medium", "high"],
  contextTokens: 400_000,
  outputTokens: 128_000,
  shutdown: "2026-12-11",
  successor: "gpt-6.1-terra",
};
const GPT_6: ModelFacts = {
  ...UNKNOWN_REASONING,
  efforts: ["none", "low", "medium", "high", "xhigh", "max"],
  cacheMarks: true,
  contextTokens: 1_050_000,
  outputTokens: 128_000,
};
/** Their least effort is `low`: in chat completions they call no tool. */
const WITHOUT_NONE = {
  efforts: ["low", "medium", "high", "xhigh", "max"],
  tools: false,
  forcedTool: false,
} as const;
/** gpt-5.1 to gpt-5.6, whose prices differ; not their kin for code, research and ChatGPT. */
const BETWEEN_5_AND_6 = /^gpt-5\.\d(?:-(?:mini|nano|luna|terra|sol))?$/;
const GPT_5_X: ModelFacts = { ...UNKNOWN_REASONING, efforts: ["none", "low", "medium", "high"] };

const SPEECH: ModelFacts = { ...UNKNOWN, shutdown: "2027-02-26", successor: "gpt-transcribe" };

const MODELS: Readonly<Record<string, ModelFacts>> = {
  "gpt-4o": { ...GPT_4O, inputUsd: 2.5, cachedInputUsd: 1.25, outputUsd: 10, imageTokens: 85 },
  "gpt-4o-mini": { ...GPT_4O, inputUsd: 0.15, cachedInputUsd: 0.075, outputUsd: 0.6, imageTokens: 2_833 },
  "gpt-4.1": { ...GPT_41, inputUsd: 2, cachedInputUsd: 0.5, outputUsd: 8, imageTokens: 85 },
  "gpt-4.1-mini": { ...GPT_41, inputUsd: 0.4, cachedInputUsd: 0.1, outputUsd: 1.6, imageTokens: 2_489 },
  "gpt-4.1-nano": {
    ...GPT_41,
    ...{ inputUsd: 0.1, cachedInputUsd: 0.025, outputUsd: 0.4, imageTokens: 3_779 },
    shutdown: "2026-10-23",
  },
  "gpt-5": { ...GPT_5, inputUsd: 1.25, cachedInputUsd: 0.125, outputUsd: 10 },
  "gpt-5-mini": { ...GPT_5, inputUsd: 0.25, cachedInputUsd: 0.025, outputUsd: 2 },
  "gpt-5-nano": {
    ...GPT_5,
    ...{ inputUsd: 0.05, cachedInputUsd: 0.005, outputUsd: 0.4 },
    successor: "gpt-6-luna",
  },
  "gpt-6-luna": { ...GPT_6, inputUsd: 0.1, cachedInputUsd: 0.01, cacheWriteUsd: 0.125, outputUsd: 0.5 },
  "gpt-6.1-terra": { ...GPT_6, inputUsd: 1, cachedInputUsd: 0.05, cacheWriteUsd: 1.25, outputUsd: 5 },
  "gpt-6-sol": { ...GPT_6, inputUsd: 2, cachedInputUsd: 0.2, cacheWriteUsd: 2.5, outputUsd: 10 },
  "gpt-6.1-sol": {
    ...{ ...GPT_6, ...WITHOUT_NONE },
    ...{ inputUsd: 2, cachedInputUsd: 0.1, cacheWriteUsd: 2.5, outputUsd: 10 },
  },
  "gpt-6-astra": { ...GPT_6, ...WITHOUT_NONE },
  "gpt-4o-mini-transcribe": { ...SPEECH, minuteUsd: 0.003 },
  "gpt-4o-transcribe": { ...SPEECH, minuteUsd: 0.006 },
  "whisper-1": { ...SPEECH, minuteUsd: 0.006 },
  "gpt-transcribe": { ...SPEECH, minuteUsd: 0.0045, shutdown: null, successor: null },
};

/** All that is known about a model; `overrides` come first. A dated snapshot is what its family is. */
export function modelFacts(id: string, overrides: ModelOverrides = {}): ModelFacts {
  const family = id.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  const known = ownOf(MODELS, id) ?? ownOf(MODELS, family);
  return { ...(known ?? unlisted(family)), ...(ownOf(overrides, id) ?? ownOf(overrides, family)) };
}

function unlisted(family: string): ModelFacts {
  if (BETWEEN_5_AND_6.test(family)) return GPT_5_X;
  return REASONING_ID.test(family) ? UNKNOWN_REASONING : UNKNOWN;
}

/** The lookup of a deployment whose `MODELS` states these facts. */
export function createFactsOf(overrides: ModelOverrides): FactsOf {
  return (id) => modelFacts(id, overrides);
}

/** The facts in the table, by id. */
export const knownModels: Readonly<Record<string, ModelFacts>> = MODELS;

/** Null also for a model whose name is a method of every object. */
const ownOf = <T>(table: Readonly<Record<string, T>>, id: string): T | null =>
  Object.hasOwn(table, id) ? (table[id] ?? null) : null;
