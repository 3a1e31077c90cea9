import type { KnownTags } from "../../../contracts/console/inbox.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { Route } from "../http/route.ts";
import { listQueryIn } from "./query.ts";
import { shownPage } from "./row.ts";
import { phonesIn, searchSchema, shownSearch } from "./search.ts";

/** Lists of conversations and the numbers beside them. */
export const INBOX_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/conversations",
    access: "viewer",
    // The log is about looks into conversations.
    audit: null,
    handle: async ({ tenantId, who, query, deps }) =>
      Response.json(
        shownPage(await deps.inbox.list({ tenantId, operatorId: who.operatorId }, listQueryIn(query))),
      ),
  },
  {
    method: "GET",
    path: "/t/:tenant/counts",
    access: "viewer",
    // The log is about looks into conversations.
    audit: null,
    handle: async ({ tenantId, who, deps }) =>
      Response.json(await deps.inbox.counts({ tenantId, operatorId: who.operatorId })),
  },
  {
    method: "GET",
    path: "/t/:tenant/tags",
    access: "viewer",
    // The log is about looks into conversations.
    audit: null,
    handle: async ({ tenantId, who, deps }) =>
      Response.json((await deps.inbox.tags({ tenantId, operatorId: who.operatorId })) satisfies KnownTags),
  },
  {
    method: "POST",
    path: "/t/:tenant/search",
    access: "viewer",
    audit: "inbox.search",
    handle: async ({ tenantId, who, body, deps }) => {
      const { words, after } = await body(searchSchema);
      const asked = { words, phones: phonesIn(words), after };
      const page = await deps.search.search({ tenantId, operatorId: who.operatorId }, asked);
      return Response.json(shownSearch(page, words));
    },
  },
];
