import { keepEnds } from "../language/ends.ts";
import type { CallOptions } from "./adapt.ts";

type Prompt = CallOptions["prompt"];
type Message = Prompt[number];

/** Of what the customer wrote; the beginning and the end stay. */
const MAX_WORDS = 1_500;
/** Of one result of a tool. */
const MAX_RESULT = 1_000;

/** Length of a prompt in characters, pictures aside. */
export function lengthOf(prompt: Prompt): number {
  return JSON.stringify(prompt, (_, value) => (value instanceof Uint8Array ? null : value)).length;
}

/**
 * The same question in fewer words: without the earlier conversation, with a long message shortened in its middle and the
 * results of tools cut. The instructions stay whole.
 */
export function shrink(call: CallOptions): CallOptions {
  const { prompt } = call;
  const question = prompt.findLastIndex(({ role }) => role === "user");
  const kept = prompt.filter(({ role }, index) => role === "system" || index >= question);
  return { ...call, prompt: kept.map(shortened) };
}

function shortened(message: Message): Message {
  if (message.role === "user") {
    const content = message.content.map((part) =>
      part.type === "text" ? { ...part, text: keepEnds(part.text, MAX_WORDS) } : part,
    );
    return { ...message, content };
  }
  if (message.role !== "tool") return message;
  const content = message.content.map((part) => {
    if (part.type !== "tool-result") return part;
    const said = JSON.stringify(part.output);
    if (said.length <= MAX_RESULT) return part;
    const value = `${said.slice(0, MAX_RESULT).toWellFormed()}…`;
    return { ...part, output: { type: "text" as const, value } };
  });
  return { ...message, content };
}
