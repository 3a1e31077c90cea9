import { sameText } from "../crypto/same-text.ts";
import { errorResponse } from "../http/error-response.ts";
import { errorCode } from "../telemetry/error-code.ts";
import { traceRequest } from "../telemetry/request.ts";
import { createStages } from "../telemetry/stages.ts";
import { parseSignedFor } from "../whatsapp/inbound/signed-for.ts";
import { afterResponse } from "./after-response.ts";
import type { InboxDeps } from "./context.ts";
import { receiveInSlices } from "./slices.ts";
import { RETRY_SOON, type SignedBody, verify } from "./verify.ts";

/** Answers Meta's handshake: the challenge, if the verify token is right. */
export async function handshake(request: Request, verifyToken: string): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const challenge = searchParams.get("hub.challenge") ?? "";
  const known = await sameText(searchParams.get("hub.verify_token") ?? "", verifyToken);
  if (searchParams.get("hub.mode") !== "subscribe" || !known) {
    return errorResponse(403, "forbidden", "The verify token does not match WHATSAPP_VERIFY_TOKEN.");
  }
  return new Response(challenge.slice(0, 1000), {
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
  });
}

/** ★ One delivery: verify → parse → admit → receive → 200; everything else happens after the response. */
export function handleWebhook(request: Request, deps: InboxDeps): Promise<Response> {
  const receivedAtMs = deps.clock.now();
  const stages = createStages(() => performance.now());
  return traceRequest({ name: "webhook", ...deps }, async (schedule) => {
    const signed = await verify(request, deps.appSecrets, stages);
    if (signed instanceof Response) return signed;

    const parsed = await stages.run("parse", async () => parse(signed, receivedAtMs));
    if (parsed === null) return errorResponse(400, "not_json", "The body is signed but is not JSON.");
    const { events, notOurs } = parsed;

    try {
      const stored = await receiveInSlices(events, deps, stages);
      const received = { ...stored, notOurs: stored.notOurs + notOurs };
      stages.add("ack", deps.clock.now() - receivedAtMs);
      const delivery = { stagesMs: stages.ms, receivedAtMs, startedTurn: received.startedTurn };
      schedule(() => afterResponse(events, received, delivery, deps));
      return Response.json({ received: events.messages.length + events.statuses.length });
    } catch (error) {
      // Not stored, so not acknowledged: Meta delivers it again, for seven days.
      deps.log.error("webhook.not_stored", { code: errorCode(error), messages: events.messages.length });
      return errorResponse(503, "not_stored", "It could not be stored; please deliver it again.", RETRY_SOON);
    }
  });
}

/** Null when the body is not JSON. */
function parse({ bytes, numbers }: SignedBody, nowMs: number) {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  return parseSignedFor(json, numbers, nowMs);
}
