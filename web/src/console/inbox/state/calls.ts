import { api } from "../../client/api.ts";
import { tenantPath } from "../../client/tenant-path.ts";
import type { InboxApi } from "./api.ts";
import { conversationPath, listPath } from "./api-paths.ts";

/** The calls of the inbox over the console's API. */
export function inboxApi(tenantId: string): InboxApi {
  const conversation = (id: string, rest = "") => conversationPath(tenantId, id, rest);
  return {
    page: (filter, after) => api(listPath(tenantId, filter, after)),
    view: (id) => api(conversation(id)),
    older: (id, before) => api(conversation(id, `/messages?${new URLSearchParams({ before })}`)),
    search: (words, after, signal) =>
      api(tenantPath(tenantId, "/search"), { body: { words, after }, signal }),
    read: (id) => api(conversation(id, "/read"), { body: {} }),
  };
}
