import { asksSomething } from "../../requests/asks.ts";
import { isStart } from "../../requests/start.ts";
import { tappedStopOrKeep } from "../../requests/stop/buttons.ts";
import { bareWord, stopRequest } from "../../requests/stop/request.ts";
import type { InboundMessage } from "../../types/inbound.ts";

/** Types with words of the customer's own: written, under a file, or a template's quick reply. */
const IN_WORDS: ReadonlySet<string> = new Set(["text", "button", "image", "video", "document"]);

type Message = Pick<InboundMessage, "type" | "text" | "groupId"> & { content?: InboundMessage["content"] };

/** What a message says about further messages, as far as it can be told without those before it. */
export interface Opt {
  opt: "stop" | "start" | null;
  /** Word of an opt-out that may instead answer our last message; null for any other. */
  optUnlessAnswer: string | null;
  /** True when it asks or wants something, other than no more messages. */
  asks: boolean;
}

const NOTHING: Opt = { opt: null, optUnlessAnswer: null, asks: false };

/** Opt-out or opt-in of a message by its words or by a tap on our own button, and whether it asks for something. */
export function optOf(message: Message): Opt {
  const { type, groupId } = message;
  const text = message.text ?? "";
  if (groupId !== null) return NOTHING;
  const tapped = tappedStopOrKeep(message);
  // "Keep writing" undoes an opt-out; without one it changes nothing.
  if (tapped) return { opt: tapped === "stop" ? "stop" : "start", optUnlessAnswer: null, asks: false };
  if (!IN_WORDS.has(type)) return NOTHING;
  const request = stopRequest(text);
  const opt = request === "stop" || request === "word" ? "stop" : isStart(text) ? "start" : null;
  return {
    opt,
    // A quick reply says what it is on its button.
    optUnlessAnswer: request === "word" && type !== "button" ? bareWord(text) : null,
    asks: request === "no" && opt === null && asksSomething(text),
  };
}

/** Opt-out or opt-in that a message makes when it answers no question; null for any other, and in groups. */
export const optChoice = (message: Message): "stop" | "start" | null => optOf(message).opt;
