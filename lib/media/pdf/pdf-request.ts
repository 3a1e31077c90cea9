import { z } from "zod";

/** Where the function that reads PDFs answers. */
export const PDF_PATH = "/api/media/read";
/** Carries the signature of a request's body. */
export const SIGNATURE_HEADER = "x-chasqui-signature";

/** One request to it. `purpose` tells it from every other body that is signed with the same secret. */
export const pdfRequestSchema = z.strictObject({
  purpose: z.literal("media.read"),
  phoneNumberId: z.string().regex(/^\d{1,32}$/),
  mediaId: z.string().min(1).max(256),
  filename: z.string().max(1_000).nullable(),
  /** When it was signed, epoch milliseconds. */
  sentAtMs: z.int(),
  /** How long the answer is waited for. */
  deadlineMs: z.int().min(1).max(60_000),
});

/** Its answer: what was read, or why nothing was. */
export const pdfAnswerSchema = z.union([
  z.strictObject({ text: z.string().max(16_000) }),
  z.strictObject({ reason: z.enum(["too_large", "gone", "unsupported", "timeout", "failed"]) }),
]);

export type PdfRequest = z.output<typeof pdfRequestSchema>;
export type PdfAnswer = z.output<typeof pdfAnswerSchema>;
