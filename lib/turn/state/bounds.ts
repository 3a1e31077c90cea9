/** Bounds of one turn: the most that a customer, a model or a tool can make it cost. */

/** Model calls of one attempt at a reply: two rounds of tools and the words that follow. */
export const MAX_STEPS = 3;

/** Tool calls carried out per step; the others are answered with an error. */
export const MAX_TOOL_CALLS_PER_STEP = 4;

/** Output tokens of one call that composes a reply. */
export const MAX_OUTPUT_TOKENS = 300;

/** Input tokens of the prompt and the tools of one call; a test measures them. */
export const MAX_PROMPT_TOKENS = 4_500;

/**
 * Input tokens of what the customer wrote since the last answer: a document of 12,000 characters whole, at a third of these
 * in fact. A call with one costs some $0.0075 more with gpt-4o than a call with a short text; one without costs nothing more.
 */
const MAX_PENDING_TOKENS = 9_500;

/** Input tokens of the messages before it. */
export const MAX_HISTORY_TOKENS = 4_000;

/** Input tokens of one of these: a text of 4,096 characters whole. */
export const MAX_HISTORY_MESSAGE_TOKENS = 3_200;

/** Input tokens of one of many messages since the last answer: where they have less, the oldest are left out. */
export const LEAST_MESSAGE_TOKENS = 150;

/** Most input tokens of a conversation in one call, pictures aside: of its unanswered messages, and of all. */
export interface Room {
  pending: number;
  all: number;
}

/** For a reply. */
export const REPLY_ROOM: Room = { pending: MAX_PENDING_TOKENS, all: MAX_PENDING_TOKENS + 1_000 };

/** For the classification, which needs no more than the beginning and the end of a long message. */
export const CLASSIFY_ROOM: Room = { pending: 3_000, all: 4_000 };

/** Input tokens of an attempt's tool calls and their results. */
export const MAX_RESULT_TOKENS = 4_500;

/** Of these, tokens of what was looked up before the model asked for it. */
export const MAX_LOOKED_UP_TOKENS = 3_000;

/** Input tokens of one call, by the estimate of `tokens.ts`, which is never too low. */
export const MAX_INPUT_TOKENS = MAX_PROMPT_TOKENS + REPLY_ROOM.all + MAX_RESULT_TOKENS;

/** Messages of one reply. */
export const MAX_PARTS = 3;
