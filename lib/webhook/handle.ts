import { sameText } from "../crypto/same-text.ts";
import { coveredNumbers, parseSignature } from "../crypto/signature.ts";
import { declaresMoreThan } from "../http/body.ts";
import { errorResponse } from "../http/error-response.ts";
import { errorCode } from "../telemetry/error-code.ts";
import { traceRequest } from "../telemetry/request.ts";
import { createStages, type Stages } from "../telemetry/stages.ts";
import { parseCovered } from "../whatsapp/inbound/covered.ts";
import { afterwards } from "./after-response.ts";
import type { InboxDeps } from "./context.ts";
import { BodyRefusal, createInflow } from "./inflow.ts";
import { receiveInSlices } from "./slices.ts";

/** Meta's own limit of a webhook body. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
/** Longest time from the headers to the last byte of a body; Meta's own arrive within milliseconds. */
const BODY_DEADLINE_MS = 10_000;
const RETRY_AFTER_S = "5";
const inflow = createInflow();

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
  return traceRequest({ name: "webhook", ...deps }, async (later) => {
    const verified = await readVerified(request, deps.appSecrets, stages);
    if (verified instanceof Response) return verified;

    const parsed = await stages.run("parse", async () => parse(verified, receivedAtMs));
    if (parsed === null) return errorResponse(400, "not_json", "The body is signed but is not JSON.");
    const { events, notOurs } = parsed;

    try {
      const stored = await receiveInSlices(events, deps, stages);
      const received = { ...stored, notOurs: stored.notOurs + notOurs };
      stages.add("ack", deps.clock.now() - receivedAtMs);
      const delivery = { stagesMs: stages.ms, receivedAtMs, startedTurn: received.claim };
      later(() => afterwards(events, received, delivery, deps));
      return Response.json({ received: events.messages.length + events.statuses.length });
    } catch (error) {
      // Not stored, so not acknowledged: Meta delivers it again, for seven days.
      deps.log.error("webhook.not_stored", { code: errorCode(error), messages: events.messages.length });
      return errorResponse(503, "not_stored", "It could not be stored; please deliver it again.", again);
    }
  });
}

interface Verified {
  body: Uint8Array;
  /** The numbers that the body may speak for. */
  covered: ReadonlySet<string>;
}

/** The body and whose it is, or the refusal: by its headers before a byte is read, by its size, its pace, its signature. */
async function readVerified(
  request: Request,
  secrets: InboxDeps["appSecrets"],
  stages: Stages,
): Promise<Verified | Response> {
  if (declaresMoreThan(MAX_BODY_BYTES, request.headers)) return tooLarge();
  const signature = parseSignature(request.headers.get("x-hub-signature-256"));
  if (signature === null) return badSignature();
  const limits = { maxBytes: MAX_BODY_BYTES, deadlineMs: BODY_DEADLINE_MS };
  try {
    return await inflow.read(request, limits, async (body) => {
      if (body === null) return tooLarge();
      const covered = await stages.run("verify", () => coveredNumbers(body, signature, secrets));
      return covered === null ? badSignature() : { body, covered };
    });
  } catch (error) {
    if (error instanceof BodyRefusal) return REFUSALS[error.refusal]();
    throw error;
  }
}

const again = { "retry-after": RETRY_AFTER_S };
const REFUSALS: Record<BodyRefusal["refusal"], () => Response> = {
  too_slow: () => errorResponse(408, "too_slow", `The body took over ${BODY_DEADLINE_MS / 1_000} s.`),
  no_room: () => errorResponse(503, "no_room", "Too much is coming in; please deliver it again.", again),
  broken_off: () => errorResponse(400, "broken_off", "The body broke off before its end."),
};

const tooLarge = () => errorResponse(413, "too_large", "The body is over 3 MB.");
const badSignature = () => errorResponse(401, "bad_signature", "X-Hub-Signature-256 is missing or wrong.");

/** Null when the body is not JSON. */
function parse({ body, covered }: Verified, nowMs: number) {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
  return parseCovered(json, nowMs, covered);
}
