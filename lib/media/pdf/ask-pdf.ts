import { readBody } from "../../http/body.ts";
import { cleanText } from "../../json/clean.ts";
import type { Clock } from "../../types/clock.ts";
import type { Medium } from "../../types/media.ts";
import { MAX_DOCUMENT_TEXT } from "../file/text.ts";
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

/** Asks the PDF function to fetch and read a file. Throws UnreadableError, or what `fetch` throws. */
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
  const response = await (service.fetch ?? fetch)(`${service.publicUrl}${PDF_PATH}`, {
    method: "POST",
    headers: { "content-type": "application/json", [SIGNATURE_HEADER]: await sign(body, secret) },
    body,
    redirect: "manual",
    signal,
  });
  const bytes = await readBody(response, MAX_ANSWER_BYTES);
  if (response.status !== 200) throw new UnreadableError("failed", `pdf_http_${response.status}`);
  const answer = pdfAnswerSchema.safeParse(parse(bytes));
  if (!answer.success) throw new UnreadableError("failed", "pdf_answer");
  if ("reason" in answer.data) throw new UnreadableError(answer.data.reason, `pdf_${answer.data.reason}`);
  return cleanText(answer.data.text, MAX_DOCUMENT_TEXT);
}

function parse(bytes: Uint8Array | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
