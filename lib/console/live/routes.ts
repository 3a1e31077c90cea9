import { z } from "zod";
import type { SayPresence } from "../../../contracts/console/acts.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { idIn, isUuid } from "../inbox/query.ts";

const SAY_PRESENCE = z.object({ typing: z.boolean() }) satisfies z.ZodType<SayPresence>;

/** The live stream, and who types. */
export const LIVE_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/events",
    access: "viewer",
    // Whoever follows a conversation looks at it.
    audit: (call) => {
      const conversationId = conversationOf(call);
      return conversationId === null || isQuiet(call)
        ? null
        : { act: "conversation.open", conversationId, detail: {} };
    },
    handle: events,
  },
  {
    method: "POST",
    path: "/t/:tenant/conversations/:id/presence",
    access: "agent",
    audit: null,
    handle: async ({ deps, who, tenantId, params, body }) => {
      const id = idIn(params, "id");
      const { typing } = await body(SAY_PRESENCE);
      if (!(await deps.live.typing(tenantId, id, who.operatorId, typing)))
        throw new Refusal(404, "not_found", "There is no such conversation.");
      return new Response(null, { status: 204 });
    },
  },
];

function events(call: TenantCall<ConsoleDeps>): Response {
  const { deps, who, tenantId, query, request } = call;
  const response = deps.live.open({
    ...{ tenantId, operatorId: who.operatorId, sessionId: who.sessionId },
    conversationId: conversationOf(call),
    lastEventId: request.headers.get("last-event-id") ?? query.get("last-event-id"),
    quiet: isQuiet(call),
  });
  if (response === null)
    throw new Refusal(429, "too_many_pages", "Too many pages of the console are open; close some of them.");
  return response;
}

const isQuiet = ({ query }: Pick<TenantCall<ConsoleDeps>, "query">): boolean => query.get("quiet") === "1";

function conversationOf({ query }: Pick<TenantCall<ConsoleDeps>, "query">): string | null {
  const text = query.get("conversation");
  if (text === null || text === "") return null;
  if (!isUuid(text)) throw new Refusal(400, "invalid", "conversation: not an id");
  return text.toLowerCase();
}
