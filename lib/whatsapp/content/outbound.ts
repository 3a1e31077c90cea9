import type { ChatContent } from "../../../contracts/chat.ts";
import type { OutboundMessage } from "../../types/outbound.ts";
import { graphMessage } from "../messages/build.ts";
import { contentOf, type FileUrl } from "./content.ts";

/** A stored message as far as its content goes: `content` is Meta's JSON, or our own of a message that we sent. */
export interface StoredContent {
  direction: "in" | "out";
  type: string;
  content: unknown;
}

/** Content of a stored message as a phone shows it; null for plain text, and for what no phone would show. */
export function storedContent(
  { direction, type, content }: StoredContent,
  urlOf: FileUrl,
): ChatContent | null {
  const body = direction === "out" ? sentBody(content) : null;
  return body === "unsendable" ? null : bodyContent(body ?? { type, [type]: content }, urlOf);
}

/** Content of a request to the Graph API as a phone shows it. */
export function bodyContent(body: Readonly<Record<string, unknown>>, urlOf: FileUrl): ChatContent | null {
  const type = typeof body.type === "string" ? body.type : "text";
  return contentOf(type, body[type], urlOf);
}

/** Request to the Graph API for one of our own messages; null for content that is Meta's already. */
function sentBody(content: unknown): Record<string, unknown> | null | "unsendable" {
  if (!isOutbound(content)) return null;
  try {
    return { ...graphMessage(content) };
  } catch {
    // Beyond Meta's limits, so no phone shows it.
    return "unsendable";
  }
}

function isOutbound(content: unknown): content is OutboundMessage {
  return typeof content === "object" && content !== null && "kind" in content;
}
