import type { ListName } from "../../../../../contracts/console/inbox.ts";

/** Lists in the order in which they stand. */
export const LISTS = ["waiting", "mine", "bot", "snoozed", "flagged", "closed", "all"] as const;

/** What the inbox shows; it stands in the address, so that a link or a reload shows the same. */
export interface Place {
  list: ListName;
  tag: string | null;
  conversationId: string | null;
}

const isList = (text: string | undefined): text is ListName => LISTS.some((list) => list === text);

/** Place of an address below `/console/:tenant`, e.g. `/inbox/waiting/<id>` and `?tag=vip`. Unknown lists are `waiting`. */
export function placeOf(path: string, search: string): Place {
  const [, list, conversationId] = path.replace(/^\//, "").split("/");
  return {
    list: isList(list) ? list : "waiting",
    tag: new URLSearchParams(search).get("tag") || null,
    conversationId: conversationId || null,
  };
}

/** Address of a place below `/console/:tenant`; holds ids and tags, nothing of a customer. */
export function pathOf({ list, tag, conversationId }: Place): string {
  const path = ["/inbox", list, conversationId].filter(Boolean).join("/");
  return tag === null ? path : `${path}?${new URLSearchParams({ tag })}`;
}
