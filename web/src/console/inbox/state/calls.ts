import { api } from "../../client/api.ts";
import { tenantPath } from "../../client/use-api.ts";
import type { InboxApi } from "./api.ts";

/** The calls of the inbox over the console's API. */
export function inboxApi(tenantId: string): InboxApi {
  const path = (rest: string) => tenantPath(tenantId, rest);
  const conversation = (id: string, rest = "") => path(`/conversations/${encodeURIComponent(id)}${rest}`);
  return {
    page({ list, tag }, after) {
      const query = new URLSearchParams({ list });
      if (tag !== null) query.set("tag", tag);
      if (after !== null) query.set("after", after);
      return api(path(`/conversations?${query}`));
    },
    view: (id) => api(conversation(id)),
    older: (id, before) => api(conversation(id, `/messages?${new URLSearchParams({ before })}`)),
    search: (words, after, signal) => api(path("/search"), { body: { words, after }, signal }),
    read: (id) => api(conversation(id, "/read"), { body: {} }),
  };
}
