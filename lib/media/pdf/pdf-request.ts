import { z } from "zod";

/** Path of the PDF function. */
export const PDF_PATH = "/api/media/read";
/** Type of a request that brings the PDF along. */
export const PDF_TYPE = "application/pdf";
/** Header with the signature of a request's body. */
export const SIGNATURE_HEADER = "x-chasqui-signature";

/** Request to the PDF function. `purpose` tells it apart from other bodies signed with the same secret. */
export const pdfRequestSchema = z.strictObject({
  purpose: z.literal("media.read"),
  phoneNumberId: z.string().regex(/^\d{1,32}$/),
  mediaId: z.string().min(1).max(256),
  filename: z.string().max(1_000).nullable(),
  /** Time of signing, epoch milliseconds. */
  sentAtMs: z.int(),
  /** Milliseconds that the caller waits for the response. */
  deadlineMs: z.int().min(1).max(60_000),
});

/** Response of the PDF function: the text, or why there is none. */
export const pdfAnswerSchema = z.union([
  z.strictObject({ text: z.string().max(16_000) }),
  z.strictObject({ reason: z.enum(["too_large", "gone", "unsupported", "timeout", "failed"]) }),
]);

export type PdfRequest = z.output<typeof pdfRequestSchema>;
export type PdfAnswer = z.output<typeof pdfAnswerSchema>;
