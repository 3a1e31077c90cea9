import { Check } from "./check.ts";
import { LIMITS } from "./limits.ts";
import type { FreeForm, GraphPart } from "./part.ts";

/**
 * The Graph body of a text. No link preview by default: Meta fetches previewed links without a tap, so a manipulated model
 * could leak data through a link.
 */
export function textBody(message: FreeForm<"text">): GraphPart {
  const body = new Check("text").text("text", message.text, LIMITS.textBody);
  return { type: "text", text: { body, preview_url: message.previewUrl ?? false } };
}

/** The Graph body of a reaction; an empty emoji removes it. */
export function reactionBody({ waMessageId, emoji }: FreeForm<"reaction">): GraphPart {
  const check = new Check("reaction");
  if (emoji !== "" && !isEmoji(emoji))
    check.refuse("emoji", "one emoji", "something else", "Give one emoji, or none to remove it.");
  return { type: "reaction", reaction: { message_id: check.text("waMessageId", waMessageId), emoji } };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function isEmoji(text: string): boolean {
  // At most two, because each segment holds a copy of the whole text.
  const [first, second] = graphemes.segment(text);
  return (
    first !== undefined &&
    second === undefined &&
    /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text)
  );
}
