import { ourQuestion } from "../our-question.ts";
import { bareWord, stopRequest } from "./request.ts";

/** Decision about a message: it is a request for no more messages, it may be one, or it is none. */
export type StopDecision = "stop" | "doubtful" | "no";

/** An answer to a question for what stands somewhere has this many words at most. */
const LABEL_WORDS = 4;

/**
 * Decides whether a message asks for no more messages. `before`: our message that it may answer, null when there is none. A word
 * that our question names is its answer; any other that stands alone behind a question is doubtful.
 */
export function decideStop(text: string, before: string | null): StopDecision {
  const request = stopRequest(text);
  if (request === "no") return "no";
  const question = ourQuestion(before);
  const words = text.trim().split(/\s+/).length;
  if (question.asksForLabel && words <= LABEL_WORDS) return "no";
  // "Not interested" answers what we asked.
  if (request === "doubtful") return question.asks ? "no" : "doubtful";
  if (request === "stop") return "stop";
  const word = bareWord(text);
  if (question.instructs(word)) return "stop";
  if (question.names(word)) return "no";
  return question.asks ? "doubtful" : "stop";
}
