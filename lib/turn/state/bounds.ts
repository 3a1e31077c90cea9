/** Bounds of one turn: the most that a customer, a model or a tool can make it cost. */

/** Model calls of one attempt at a reply: two rounds of tools and the words that follow. */
export const MAX_STEPS = 3;

/** Tool calls carried out per step; the others are answered with an error. */
export const MAX_TOOL_CALLS_PER_STEP = 4;

/** Output tokens of one call that composes a reply. */
export const MAX_OUTPUT_TOKENS = 300;

/** Input tokens of the prompt and the tools of one call; a test measures them. */
export const MAX_PROMPT_TOKENS = 4_500;

/** Input tokens of the conversation in one call, pictures aside. */
export const MAX_TRANSCRIPT_TOKENS = 4_000;

/** Of these, what the customer wrote since the last answer. */
export const MAX_PENDING_TOKENS = 3_000;

/** Input tokens of an attempt's tool calls and their results. */
export const MAX_RESULT_TOKENS = 4_500;

/** Input tokens of one call, by the estimate of `tokens.ts`, which is never too low. */
export const MAX_INPUT_TOKENS = MAX_PROMPT_TOKENS + MAX_TRANSCRIPT_TOKENS + MAX_RESULT_TOKENS;

/** Messages of one reply. */
export const MAX_PARTS = 3;
