import { numbersSignedFor, parseSignature } from "../crypto/signature.ts";
import { declaresMoreThan } from "../http/body.ts";
import { errorResponse } from "../http/error-response.ts";
import type { Stages } from "../telemetry/stages.ts";
import type { InboxDeps } from "./context.ts";
import { BodyRefusal, createInflow } from "./inflow.ts";

/** Meta's own limit of a webhook body. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;
/** Longest time from the headers to the last byte of a body; Meta's own arrive within milliseconds. */
const BODY_DEADLINE_MS = 10_000;
const inflow = createInflow();

/** A body with a valid signature. */
export interface SignedBody {
  bytes: Uint8Array;
  /** The business numbers that it may speak for. */
  numbers: ReadonlySet<string>;
}

/** Reads and verifies a body, or refuses it: by its headers before a byte is read, then by size, pace and signature. */
export async function verify(
  request: Request,
  secrets: InboxDeps["appSecrets"],
  stages: Stages,
): Promise<SignedBody | Response> {
  if (declaresMoreThan(MAX_BODY_BYTES, request.headers)) return tooLarge();
  const signature = parseSignature(request.headers.get("x-hub-signature-256"));
  if (signature === null) return badSignature();
  const limits = { maxBytes: MAX_BODY_BYTES, deadlineMs: BODY_DEADLINE_MS };
  try {
    return await inflow.read(request, limits, async (bytes) => {
      if (bytes === null) return tooLarge();
      const numbers = await stages.run("verify", () => numbersSignedFor(bytes, signature, secrets));
      return numbers === null ? badSignature() : { bytes, numbers };
    });
  } catch (error) {
    if (error instanceof BodyRefusal) return REFUSALS[error.refusal]();
    throw error;
  }
}

/** Asks Meta to deliver again soon. */
export const RETRY_SOON = { "retry-after": "5" };

const REFUSALS: Record<BodyRefusal["refusal"], () => Response> = {
  too_slow: () => errorResponse(408, "too_slow", `The body took over ${BODY_DEADLINE_MS / 1_000} s.`),
  no_room: () => errorResponse(503, "no_room", "Too much is coming in; please deliver it again.", RETRY_SOON),
  broken_off: () => errorResponse(400, "broken_off", "The body broke off before its end."),
};

const tooLarge = () => errorResponse(413, "too_large", "The body is over 3 MB.");
const badSignature = () => errorResponse(401, "bad_signature", "X-Hub-Signature-256 is missing or wrong.");
