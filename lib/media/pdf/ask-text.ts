import { call } from "../../http/call.ts";
import { CallError } from "../../http/call-error.ts";
import { parseJson } from "../../json/lenient.ts";
import type { PdfService } from "./ask-pdf.ts";
import { PDF_PATH, PDF_TYPE, pdfAnswerSchema, SIGNATURE_HEADER } from "./pdf-request.ts";
import { sign } from "./sign.ts";

/** Text of a PDF's bytes, signed for a number of ours; or why there is none. Never throws. */
export type PdfText = (
  phoneNumberId: string,
  bytes: Uint8Array<ArrayBuffer>,
) => Promise<{ text: string } | { reason: string }>;

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 256 * 1024;

/** Asks this deployment's own PDF function, so that a malicious file ends only that one. */
export const createPdfText =
  (service: PdfService): PdfText =>
  async (phoneNumberId, bytes) => {
    const secret = service.secret(phoneNumberId);
    if (secret === null || service.publicUrl === null) return { reason: "no_public_url" };
    try {
      const { text } = await call(`${service.publicUrl}${PDF_PATH}`, {
        method: "POST",
        headers: { "content-type": PDF_TYPE, [SIGNATURE_HEADER]: await sign(bytes, secret) },
        body: bytes,
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
        fetch: service.fetch,
      });
      const answer = pdfAnswerSchema.safeParse(parseJson(text));
      return answer.success ? answer.data : { reason: "failed" };
    } catch (error) {
      return { reason: error instanceof CallError ? error.code : "failed" };
    }
  };
