import { newWaMessageId } from "../meta-webhook.ts";
import type { ReportedMessage, ReportedStatus } from "./statuses.ts";
import type { Accepted } from "./validate.ts";

/** A message that was accepted. */
export interface SentMessage extends ReportedMessage {
  type: string;
  /** Null for anything but a text. */
  text: string | null;
  quoteWaMessageId: string | null;
  atMs: number;
}

/** What the customer's phone would show. */
export type GraphEvent =
  | { type: "message"; message: SentMessage }
  | { type: "read"; waMessageId: string }
  | { type: "typing"; waMessageId: string; untilMs: number }
  | { type: "status"; message: ReportedMessage; status: ReportedStatus };

export interface Outbox {
  /** Every accepted message, in order. */
  sent: SentMessage[];
  /** Takes a valid request and gives Meta's answer to it. */
  accept(accepted: Accepted, phoneNumberId: string): object;
  emit(event: GraphEvent): void;
  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: GraphEvent) => void): () => void;
}

/** Typing ends after 25 s (Meta, typing indicators). */
const TYPING_MS = 25_000;

/** What the pretend Graph API has sent, and who wants to know. */
export function createOutbox(): Outbox {
  const sent: SentMessage[] = [];
  const listeners = new Set<(event: GraphEvent) => void>();
  const emit = (event: GraphEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return {
    sent,
    emit,
    accept({ kind, body }, phoneNumberId) {
      if (kind === "message") {
        const message = sentMessage(body, phoneNumberId);
        sent.push(message);
        emit({ type: "message", message });
        return answer(body, message);
      }
      const waMessageId = body.message_id;
      emit({ type: "read", waMessageId });
      if (body.typing_indicator) emit({ type: "typing", waMessageId, untilMs: Date.now() + TYPING_MS });
      return { success: true };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type MessageBody = Extract<Accepted, { kind: "message" }>["body"];

function sentMessage(body: MessageBody, phoneNumberId: string): SentMessage {
  return {
    waMessageId: newWaMessageId(),
    phoneNumberId,
    phone: body.to?.slice(1) ?? null,
    waUserId: body.recipient ?? null,
    opaqueId: body.biz_opaque_callback_data ?? null,
    type: body.type,
    text: body.text?.body ?? null,
    quoteWaMessageId: body.context?.message_id ?? null,
    atMs: Date.now(),
  };
}

function answer(body: MessageBody, message: SentMessage): object {
  const contact =
    message.phone === null
      ? { input: body.recipient, user_id: body.recipient }
      : { input: body.to, wa_id: message.phone };
  return { messaging_product: "whatsapp", contacts: [contact], messages: [{ id: message.waMessageId }] };
}
