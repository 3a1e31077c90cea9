import { errorResponse, sameText } from "../http.ts";
import { errorCode } from "../telemetry/error-code.ts";
import { traceRequest } from "../telemetry/request.ts";
import { createStages } from "../telemetry/stages.ts";
import { afterwards } from "./afterwards.ts";
import { readBody } from "./body.ts";
import type { InboxDeps } from "./context.ts";
import { dropUncovered } from "./covered.ts";
import { parseWebhook } from "./payload.ts";
import { receive } from "./receive.ts";
import { coveredNumbers } from "./signature.ts";

/** Meta's own limit of a webhook body. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
const RETRY_AFTER_S = "5";

/** Meta's handshake: the challenge, to whoever knows the verify token. */
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

/** ★ A webhook: verify → parse → admit → receive → 200; everything else happens after the answer. */
export function handleWebhook(request: Request, deps: InboxDeps): Promise<Response> {
  const receivedAtMs = deps.clock.now();
  const stages = createStages(() => performance.now());
  return traceRequest("webhook", {}, deps.waitUntil, async (later) => {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === null) return errorResponse(413, "too_large", "The body is over 3 MB.");

    const covered = await stages.run("verify", () =>
      coveredNumbers(body, request.headers.get("x-hub-signature-256"), deps.appSecrets),
    );
    if (covered === null)
      return errorResponse(401, "bad_signature", "X-Hub-Signature-256 is missing or wrong.");

    const events = await stages.run("parse", async () => parse(body, receivedAtMs));
    if (events === null) return errorResponse(400, "not_json", "The body is signed but is not JSON.");
    // Whoever holds one app's secret must not write into a number of another app.
    const notOurs = dropUncovered(events, covered);

    try {
      const stored = await receive(events, deps, stages);
      const received = { ...stored, notOurs: stored.notOurs + notOurs };
      stages.add("ack", deps.clock.now() - receivedAtMs);
      const { claim } = received;
      later(() => afterwards(events, received, { stagesMs: stages.ms, receivedAtMs, claim }, deps));
      return Response.json({ received: events.messages.length + events.statuses.length });
    } catch (error) {
      // Not stored, so not acknowledged: Meta delivers it again, for seven days.
      deps.log.error("webhook.not_stored", { code: errorCode(error), messages: events.messages.length });
      return errorResponse(503, "not_stored", "It could not be stored; please deliver it again.", {
        "retry-after": RETRY_AFTER_S,
      });
    }
  });
}

function parse(body: Uint8Array, nowMs: number) {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
  return parseWebhook(json, nowMs);
}
