import type { SimContent } from "../../web/src/api.ts";
import type { Graph } from "../graph.ts";
import { contentOf, type FileUrl } from "./content.ts";
import type { StoredBubble } from "./reads.ts";

/** What a phone shows of each message: of ours, what the Graph API was given; of the customer's, what the webhook held. */
export function bubbleContent(graph: Graph, urlOf: FileUrl): (bubble: StoredBubble) => SimContent | null {
  const posted = new Map<string, Record<string, unknown>>();
  const keep = ({ opaqueId, waMessageId, body }: Graph["sent"][number]) =>
    posted.set(opaqueId ?? waMessageId, body);
  graph.sent.forEach(keep);
  graph.subscribe((event) => {
    if (event.type === "message") keep(event.message);
  });
  return ({ id, waMessageId, direction, type, content }) => {
    if (direction === "in") return contentOf(type, content, urlOf);
    const body = posted.get(id) ?? posted.get(waMessageId ?? "");
    const sentType = typeof body?.type === "string" ? body.type : "text";
    return contentOf(sentType, body?.[sentType], urlOf);
  };
}
