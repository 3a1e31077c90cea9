/** Port of the channel: sending messages to a customer. */
import type { Customer, OpenWindow } from "./conversation.ts";
import type { FreeFormMessage, TemplateMessage } from "./outbound.ts";

/** One message to a customer. Without proof of an open window it can only be a template. */
export type Outbound = {
  phoneNumberId: string;
  to: Pick<Customer, "phone" | "acceptedPhone" | "waUserId">;
  quoteWaMessageId: string | null;
  /** Comes back in status reports: the id of our stored message. */
  opaqueId: string;
} & ({ message: TemplateMessage } | { message: FreeFormMessage; window: OpenWindow });

/**
 * `accepted`: Meta accepted it. `rejected`: certainly not sent; `code` is Meta's, `decision` what to do.
 * `ambiguous`: no answer, so only a status report can tell whether it was sent.
 */
export type SendResult =
  /**
   * `throttled`: Meta first refused it for the number's throughput. `acceptedPhone`: Meta refused the usual spelling of the
   * phone and accepted this one.
   */
  | {
      outcome: "accepted";
      waMessageId: string;
      attempts: number;
      throttled?: boolean;
      acceptedPhone?: string;
    }
  | {
      outcome: "rejected";
      decision: SendDecision;
      code: number | null;
      retryAfterMs: number | null;
      attempts: number;
      /** True when Meta names the quote as what is wrong. */
      quoteRefused?: boolean;
    }
  | { outcome: "ambiguous"; code: number | null; attempts: number };

/** Action required by a Meta code (`lib/whatsapp/errors.ts`). */
export type SendDecision =
  | "retry_safe"
  | "ambiguous"
  | "plain_form"
  | "never"
  | "needs_template"
  | "recipient_lost"
  | "stop_and_alert";

/** One of the company's files, to be sent by its id. */
export interface UploadFile {
  phoneNumberId: string;
  bytes: Uint8Array<ArrayBuffer>;
  mimeType: string;
  filename: string;
}

/** Result of an upload. `reason` says what to change and holds nothing of the file. */
export type UploadResult =
  | { outcome: "uploaded"; mediaId: string }
  | { outcome: "refused"; code: number | null; reason: string };

export interface Channel {
  /** Never throws; resends only where that cannot duplicate a message, within `deadlineMs`. */
  send(outbound: Outbound, deadlineMs: number): Promise<SendResult>;
  /** Uploads a file to Meta; its id may be sent from this number for 30 days. Never throws. */
  upload(file: UploadFile, timeoutMs: number): Promise<UploadResult>;
  /** Shows blue ticks and "typing…" (25 s). Never throws, because it is only a courtesy. */
  readAndType(phoneNumberId: string, waMessageId: string): Promise<void>;
}
