import { type AppSecret, numbersSignedFor, parseSignature } from "../../crypto/signature.ts";
import { readBody } from "../../http/body.ts";
import { errorResponse } from "../../http/error-response.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import type { Log } from "../../telemetry/log.ts";
import type { Clock } from "../../types/clock.ts";
import { fetchMedium, type MediaSource } from "../file/fetch.ts";
import { formatOf } from "../file/formats.ts";
import { ruleOf } from "../file/kinds.ts";
import { reasonOf, UnreadableError } from "../file/unreadable.ts";
import { type PdfAnswer, type PdfRequest, pdfRequestSchema, SIGNATURE_HEADER } from "./pdf-request.ts";

/** Dependencies of the PDF function. */
export interface PdfDeps {
  mediaSource: MediaSource;
  /** A request may be signed with any of them, and may only ask for files of that app's numbers. */
  appSecrets: readonly AppSecret[];
  clock: Clock;
  log: Log;
}

/** Reads a PDF's text; gives up when `signal` aborts. */
export type ReadPdf = (bytes: Uint8Array, signal: AbortSignal) => Promise<string>;

const MAX_BODY_BYTES = 8_192;
/** Replay protection: a captured request is useless a minute later. */
const MAX_AGE_MS = 60_000;

/** verify → parse → fetch → read: answers this deployment's own signed request with the text of a PDF. */
export async function servePdf(request: Request, deps: PdfDeps, readPdf: ReadPdf): Promise<Response> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === null) return errorResponse(413, "too_large", "The body is over 8 KB.");
  const signature = parseSignature(request.headers.get(SIGNATURE_HEADER));
  const numbers = await numbersSignedFor(body, signature, deps.appSecrets);
  if (numbers === null) {
    return errorResponse(401, "bad_signature", "The request is not signed with the secret of an app.");
  }
  const asked = parse(body);
  if (asked === null) return errorResponse(400, "bad_request", "The body is not a request to read a medium.");
  if (!numbers.has(asked.phoneNumberId)) {
    return errorResponse(403, "other_number", "The number belongs to an app with another secret.");
  }
  if (Math.abs(deps.clock.now() - asked.sentAtMs) > MAX_AGE_MS) {
    return errorResponse(401, "expired", "The request was signed more than a minute ago.");
  }
  return Response.json(await answer(asked, deps, readPdf), { headers: { "cache-control": "no-store" } });
}

async function answer(asked: PdfRequest, deps: PdfDeps, readPdf: ReadPdf): Promise<PdfAnswer> {
  const signal = AbortSignal.timeout(asked.deadlineMs);
  try {
    const maxBytes = ruleOf("document")?.maxBytes ?? 0;
    const { bytes } = await fetchMedium(asked, deps.mediaSource, { maxBytes, signal });
    if (formatOf(bytes, "document") === null) throw new UnreadableError("unsupported", "not_a_pdf");
    return { text: await readPdf(bytes, signal) };
  } catch (error) {
    const reason = reasonOf(error);
    deps.log.warn("media.pdf_unreadable", { reason, code: errorCode(error) });
    return { reason };
  }
}

function parse(body: Uint8Array): PdfRequest | null {
  try {
    return pdfRequestSchema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return null;
  }
}
