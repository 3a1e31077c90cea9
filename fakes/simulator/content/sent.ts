import type { ChatContent, ChatMessage } from "../../../contracts/chat.ts";
import type { OutboundMessage } from "../../../lib/types/outbound.ts";
import { graphMessage } from "../../../lib/whatsapp/messages/build.ts";
import type { Graph } from "../../graph/server.ts";
import { contentOf, type FileUrl } from "./content.ts";

/** A stored message; `content` is Meta's JSON of a customer's message. */
export type StoredBubble = Omit<ChatMessage, "content"> & { content: unknown };

/**
 * Content of each message as a phone shows it: from the webhook for the customer's; from the request to the Graph API for
 * ours, or from the stored message when it was not sent, or was sent before this program started.
 */
export function bubbleContent(graph: Graph, urlOf: FileUrl): (bubble: StoredBubble) => ChatContent | null {
  const posted = new Map<string, Record<string, unknown>>();
  const record = ({ opaqueId, waMessageId, body }: Graph["sent"][number]) =>
    posted.set(opaqueId ?? waMessageId, body);
  graph.sent.forEach(record);
  graph.subscribe((event) => {
    if (event.type === "message") record(event.message);
  });
  return ({ id, direction, type, content }) => {
    const body = direction === "out" ? (posted.get(id) ?? bodyOf(content)) : null;
    if (!body) return contentOf(type, content, urlOf);
    const sentType = typeof body.type === "string" ? body.type : "text";
    return contentOf(sentType, body[sentType], urlOf);
  };
}

function bodyOf(content: unknown): Record<string, unknown> | null {
  try {
    return isOutbound(content) ? graphMessage(content) : null;
  } catch {
    // Beyond Meta's limits, so no phone shows it.
    return null;
  }
}

function isOutbound(content: unknown): content is OutboundMessage {
  return typeof content === "object" && content !== null && "kind" in content;
}
