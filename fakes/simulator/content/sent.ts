import type { ChatContent, ChatMessage } from "../../../contracts/chat.ts";
import type { FileUrl } from "../../../lib/whatsapp/content/content.ts";
import { bodyContent, storedContent } from "../../../lib/whatsapp/content/outbound.ts";
import type { Graph } from "../../graph/server.ts";

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
  return (bubble) => {
    const body = bubble.direction === "out" ? posted.get(bubble.id) : undefined;
    return body ? bodyContent(body, urlOf) : storedContent(bubble, urlOf);
  };
}
