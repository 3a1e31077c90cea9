import { ApiError } from "../../console/client/api.ts";
import { readEvents } from "../../console/composer/suggest/event-stream.ts";
import type { AnswerState, Part } from "./answer-state.ts";

/**
 * Reads an answer to its end (the AI SDK's UI message stream: one JSON value in each event). Our own few lines, because the SDK's hook
 * brings 60 KB and keeps one conversation, where here two sides answer. Throws ApiError `broken` when it ends too soon.
 */
export async function follow(response: Response, take: (part: Part) => void): Promise<void> {
  if (!response.body) throw new ApiError(0, "broken");
  let ended = false;
  for await (const { data } of readEvents(response.body)) {
    if (data === "[DONE]") break;
    const part = JSON.parse(data) as Part;
    ended ||= part.type === "data-answer" || part.type === "data-failure";
    take(part);
  }
  if (!ended) throw new ApiError(0, "broken");
}

/** What is known of a failed request. */
export const failureOf = (error: unknown): NonNullable<AnswerState["failure"]> => ({
  code: error instanceof ApiError ? error.code : "broken",
  costUsd: null,
  retryAfterS: error instanceof ApiError ? error.retryAfterS : null,
});
