/** The port of the channel: messages on their way to a customer. */
import type { Customer, OpenWindow } from "./conversation.ts";
import type { FreeFormMessage, TemplateMessage } from "./outbound.ts";

/** One message on its way to a person. Without proof of an open window it can only be a template. */
export type Outbound = {
  phoneNumberId: string;
  to: Pick<Customer, "phone" | "waUserId">;
  quoteWaMessageId: string | null;
  /** Comes back in status reports: the id of our stored message. */
  opaqueId: string;
} & ({ message: TemplateMessage } | { message: FreeFormMessage; window: OpenWindow });

/**
 * `accepted`: Meta took it. `rejected`: certainly not sent; `code` says why, `decision` what to do.
 * `ambiguous`: no answer, so it may or may not have been sent; only a status report can tell.
 */
export type SendResult =
  /** `throttled`: Meta refused it for the number's rate at first. */
  | { outcome: "accepted"; waMessageId: string; attempts: number; throttled?: boolean }
  | {
      outcome: "rejected";
      decision: SendDecision;
      code: number | null;
      retryAfterMs: number | null;
      attempts: number;
    }
  | { outcome: "ambiguous"; code: number | null; attempts: number };

/** What a Graph API error code asks of us (`lib/whatsapp/errors.ts`). */
export type SendDecision =
  | "retry_safe"
  | "ambiguous"
  | "never"
  | "needs_template"
  | "recipient_lost"
  | "stop_and_alert";

/** A file of the business's own, to be sent by its id. */
export interface UploadFile {
  phoneNumberId: string;
  bytes: Uint8Array<ArrayBuffer>;
  mimeType: string;
  filename: string;
}

/** `reason` says what to change, and holds nothing of the file. */
export type UploadResult =
  | { outcome: "uploaded"; mediaId: string }
  | { outcome: "refused"; code: number | null; reason: string };

export interface Channel {
  /** Never throws; resends by itself only where that cannot double a message, within `deadlineMs`. */
  send(outbound: Outbound, deadlineMs: number): Promise<SendResult>;
  /** Gives a file to Meta; its id may be sent from this number for 30 days. Never throws. */
  upload(file: UploadFile, timeoutMs: number): Promise<UploadResult>;
  /** Blue ticks and "typing…" (25 s). Never throws: it is a courtesy. */
  readAndType(phoneNumberId: string, waMessageId: string): Promise<void>;
}
