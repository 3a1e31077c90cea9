import type { OutboundMessage } from "../../../lib/types/outbound.ts";
import { graphMessage } from "../../../lib/whatsapp/messages/build.ts";
import type { SimContent, SimMessage } from "../../../web/src/api.ts";
import type { Graph } from "../../graph/server.ts";
import { contentOf, type FileUrl } from "./content.ts";

/** A message as the database has it: `content` is Meta's JSON of what a customer sent. */
export type StoredBubble = Omit<SimMessage, "content"> & { content: unknown };

/**
 * What a phone shows of each message: of the customer's, what the webhook held; of ours, what the Graph API was given,
 * or would be given for what is stored, when it was sent before this program began or not at all.
 */
export function bubbleContent(graph: Graph, urlOf: FileUrl): (bubble: StoredBubble) => SimContent | null {
  const posted = new Map<string, Record<string, unknown>>();
  const keep = ({ opaqueId, waMessageId, body }: Graph["sent"][number]) =>
    posted.set(opaqueId ?? waMessageId, body);
  graph.sent.forEach(keep);
  graph.subscribe((event) => {
    if (event.type === "message") keep(event.message);
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
    // Beyond Meta's limits, so that nobody's phone shows it.
    return null;
  }
}

function isOutbound(content: unknown): content is OutboundMessage {
  return typeof content === "object" && content !== null && "kind" in content;
}
