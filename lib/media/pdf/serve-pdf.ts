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
import {
  PDF_TYPE,
  type PdfAnswer,
  type PdfRequest,
  pdfRequestSchema,
  SIGNATURE_HEADER,
} from "./pdf-request.ts";

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
/** Vercel refuses larger requests before a function sees them. */
const MAX_GIVEN_BYTES = 4.4 * 1024 * 1024;
const GIVEN_TIMEOUT_MS = 8_000;
/** Replay protection: a captured request is useless a minute later. */
const MAX_AGE_MS = 60_000;

/**
 * verify → parse → fetch → read: answers this deployment's own signed request with the text of a PDF, which it names or, when it is no
 * customer's, brings along.
 */
export async function servePdf(request: Request, deps: PdfDeps, readPdf: ReadPdf): Promise<Response> {
  if (request.headers.get("content-type") === PDF_TYPE) return serveGiven(request, deps, readPdf);
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

/** A PDF as the body of a signed request. Whoever could send one again has had its text before. */
async function serveGiven(request: Request, deps: PdfDeps, readPdf: ReadPdf): Promise<Response> {
  const bytes = await readBody(request, MAX_GIVEN_BYTES);
  if (bytes === null) return errorResponse(413, "too_large", "The PDF is over 4.4 MB.");
  const signature = parseSignature(request.headers.get(SIGNATURE_HEADER));
  if ((await numbersSignedFor(bytes, signature, deps.appSecrets)) === null)
    return errorResponse(401, "bad_signature", "The request is not signed with the secret of an app.");
  return Response.json(await read(bytes, deps, readPdf), { headers: { "cache-control": "no-store" } });
}

async function read(bytes: Uint8Array, { log }: PdfDeps, readPdf: ReadPdf): Promise<PdfAnswer> {
  try {
    if (formatOf(bytes, "document") === null) throw new UnreadableError("unsupported", "not_a_pdf");
    return { text: await readPdf(bytes, AbortSignal.timeout(GIVEN_TIMEOUT_MS)) };
  } catch (error) {
    const reason = reasonOf(error);
    log.warn("media.pdf_unreadable", { reason, code: errorCode(error) });
    return { reason };
  }
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
