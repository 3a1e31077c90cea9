import { tenantPath } from "../../client/tenant-path.ts";
import type { Filter } from "./rows.ts";

/** Path of the API for a page of a list, behind a cursor. */
export function listPath(tenantId: string, { list, tag }: Filter, after: string | null = null): string {
  const query = new URLSearchParams({ list });
  if (tag !== null) query.set("tag", tag);
  if (after !== null) query.set("after", after);
  return tenantPath(tenantId, `/conversations?${query}`);
}

/** Path of the API for a conversation, and for what is below it. */
export const conversationPath = (tenantId: string, id: string, rest = ""): string =>
  tenantPath(tenantId, `/conversations/${encodeURIComponent(id)}${rest}`);
