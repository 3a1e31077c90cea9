import type { SuggestionEvents } from "../../../contracts/console/settings.ts";
import type { StartSuggestion } from "../../types/console/suggest.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route } from "../http/route.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A draft in the composer, streamed. */
export const SUGGEST_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "POST",
    path: "/t/:tenant/conversations/:id/suggestion",
    audit: "suggest",
    access: "agent",
    handle: async ({ tenantId, who, params, deps, request }) => {
      const { id: conversationId = "" } = params;
      const { operatorId } = who;
      const start = UUID.test(conversationId)
        ? await deps.suggester.prepare({ tenantId, conversationId, operatorId })
        : null;
      if (start === null) throw new Refusal(404, "not_found", "There is no such conversation.");
      return new Response(streamed(start, request.signal), {
        headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
      });
    },
  },
];

/** The draft as server-sent events. It is aborted when its reader goes. */
function streamed(start: StartSuggestion, requestSignal: AbortSignal): ReadableStream<Uint8Array> {
  const gone = new AbortController();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(controller) {
      const send = <Name extends keyof SuggestionEvents>(name: Name, data: SuggestionEvents[Name]): void => {
        if (!gone.signal.aborted)
          controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
      };
      requestSignal.addEventListener("abort", () => gone.abort(), { once: true });
      // The first byte says that it has begun: a proxy may wait for one.
      controller.enqueue(encoder.encode(": draft\n\n"));
      const end = await start({ onDelta: (text) => send("delta", { text }), signal: gone.signal });
      if (end.kind === "done") send("done", { text: end.text, costUsd: end.costUsd, model: end.model });
      else send("failed", { code: end.code });
      if (!gone.signal.aborted) controller.close();
    },
    cancel: () => gone.abort(),
  });
}
