/** Features of a request to a model: what some OpenAI-compatible services refuse, and a request can do without. */
export const FEATURES = [
  /** The limit of the answer's tokens under this name; `max_completion_tokens` stands in. */
  "max_tokens",
  "max_completion_tokens",
  "temperature",
  "reasoning_effort",
  /** Thoughts before the answer, which use up its tokens: asked not to think, and given room for it. */
  "thinking",
  /** An answer that follows a JSON schema; `json_object` with the schema in the prompt stands in. */
  "json_schema",
  /** The schema without `strict`. */
  "strict",
  /** An answer that is JSON; the prompt alone asks for it. */
  "json_object",
  "tools",
  /** A call of one named tool; "any tool", with only that one offered, stands in. */
  "forced_tool",
  "tool_choice",
  /** Pictures. */
  "vision",
  /** Instructions in a message of their own; they go before the customer's first words. */
  "system",
  /** The same under the name that newer models use; `system` stands in. */
  "developer",
  /** Two messages of one side in a row; they become one. */
  "repeated_role",
  /** The end of the prompt's prefix, marked for the service's cache. */
  "cache_mark",
] as const;

/** A feature of a request to a model. */
export type Feature = (typeof FEATURES)[number];
