import { Check } from "./check.ts";
import { LIMITS } from "./limits.ts";
import type { FreeForm, GraphPart } from "./part.ts";

/**
 * The Graph body of a text. No preview unless it is asked for: Meta would fetch the link unasked, and a model that was
 * talked into a link could so leak what it knows without anybody tapping it.
 */
export function textBody(message: FreeForm<"text">): GraphPart {
  const body = new Check("text").text("text", message.text, LIMITS.textBody);
  return { type: "text", text: { body, preview_url: message.previewUrl ?? false } };
}

/** The Graph body of a reaction, or of taking one back. */
export function reactionBody({ waMessageId, emoji }: FreeForm<"reaction">): GraphPart {
  const check = new Check("reaction");
  if (emoji !== "" && !isEmoji(emoji))
    check.refuse("emoji", "one emoji", "something else", "Give one emoji, or none to take it back.");
  return { type: "reaction", reaction: { message_id: check.text("waMessageId", waMessageId), emoji } };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function isEmoji(text: string): boolean {
  // No more than two: each one holds a copy of the whole text.
  const [first, second] = graphemes.segment(text);
  return (
    first !== undefined &&
    second === undefined &&
    /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text)
  );
}
