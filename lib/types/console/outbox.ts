/** Ports of the console: what operators send. */
import type { FileKind } from "../../../contracts/console/acts.ts";
import type { OutboundMessage } from "../outbound.ts";
import type { ActRef } from "./acts.ts";
import type { StoredThreadMessage } from "./inbox.ts";

/** A message of an operator, to be written down. */
export interface OperatorSend extends ActRef {
  /** Made by the page; becomes the id of the stored message. */
  id: string;
  message: OutboundMessage;
  /** As the history and pages show it. */
  text: string;
  quoteWaMessageId: string | null;
  /** Time of the newest message that the operator had seen. */
  seenAtMs: number;
  /** True sends it although somebody else has written since. */
  anyway: boolean;
}

/**
 * Outcome of a send. `stored`: it will be sent, `took`: the conversation became this operator's with it; `unknown_message`: what is quoted
 * or reacted to is not in this conversation; `others_wrote`: `by` is null for the phone app.
 */
export type SendOutcome =
  | { outcome: "stored"; repeated: boolean; took: boolean; message: StoredThreadMessage }
  | { outcome: "not_found" | "id_used" | "opted_out" | "window_closed" | "unknown_message" }
  | { outcome: "not_yours"; by: { id: string; name: string } }
  | { outcome: "others_wrote"; by: { id: string; name: string } | null };

/** A file that an operator gave to Meta. */
export interface Upload {
  mediaId: string;
  kind: FileKind;
  mimeType: string;
  filename: string | null;
}

export interface Outbox {
  /** Written down once for each id, in one statement that locks the conversation. */
  send(send: OperatorSend): Promise<SendOutcome>;
  /** Null when the company has uploaded no such file within the time that Meta keeps it. */
  upload(tenantId: string, mediaId: string): Promise<Upload | null>;
  keepUpload(tenantId: string, operatorId: string, upload: Upload): Promise<void>;
  /** The company's business number at Meta. */
  phoneNumberId(tenantId: string): Promise<string | null>;
}
