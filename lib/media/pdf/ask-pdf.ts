import { call } from "../../http/call.ts";
import { CallError } from "../../http/call-error.ts";
import { cleanText } from "../../json/clean.ts";
import { parseJson } from "../../json/lenient.ts";
import type { Clock } from "../../types/clock.ts";
import type { Medium } from "../../types/media.ts";
import { MAX_READING } from "../file/text.ts";
import { UnreadableError } from "../file/unreadable.ts";
import { PDF_PATH, type PdfRequest, pdfAnswerSchema, SIGNATURE_HEADER } from "./pdf-request.ts";
import { sign } from "./sign.ts";

/** Address of this deployment's own PDF function, and the secrets that sign requests to it. */
export interface PdfService {
  /** Null when the deployment does not know its own address; then no PDF can be read. */
  publicUrl: string | null;
  /** App secret for a number; null for a number that is not ours. */
  secret(phoneNumberId: string): string | null;
  clock: Clock;
  fetch?: typeof fetch;
}

const MAX_ANSWER_BYTES = 256 * 1024;

/** Asks the PDF function to fetch and read a file. Throws UnreadableError, or CallError without a response. */
export async function askPdf(
  { phoneNumberId, mediaId, filename }: Medium,
  service: PdfService,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<string> {
  const secret = service.secret(phoneNumberId);
  if (secret === null) throw new UnreadableError("failed", "unknown_number");
  if (service.publicUrl === null) throw new UnreadableError("unsupported", "no_public_url");
  const request: PdfRequest = {
    purpose: "media.read",
    phoneNumberId,
    mediaId,
    filename: filename?.slice(0, 1_000) ?? null,
    sentAtMs: service.clock.now(),
    deadlineMs: Math.max(1, Math.round(deadlineMs)),
  };
  const body = JSON.stringify(request);
  const { text } = await call(`${service.publicUrl}${PDF_PATH}`, {
    method: "POST",
    headers: { "content-type": "application/json", [SIGNATURE_HEADER]: await sign(body, secret) },
    body,
    signal,
    maxBytes: MAX_ANSWER_BYTES,
    fetch: service.fetch,
  }).catch(refuse);
  const answer = pdfAnswerSchema.safeParse(parseJson(text));
  if (!answer.success) throw new UnreadableError("failed", "pdf_answer");
  if ("reason" in answer.data) throw new UnreadableError(answer.data.reason, `pdf_${answer.data.reason}`);
  return cleanText(answer.data.text, MAX_READING);
}

function refuse(error: unknown): never {
  if (!(error instanceof CallError) || error.status === null) throw error;
  throw new UnreadableError("failed", `pdf_${error.code}`);
}
