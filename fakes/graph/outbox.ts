import { newWaMessageId } from "../../host/meta-webhook.ts";
import type { Addressee } from "./customers.ts";
import type { Verdict } from "./policy.ts";
import type { Accepted, MessageBody } from "./rules/validate.ts";
import type { ReportedStatus } from "./status-body.ts";

/** A message that was accepted. */
export interface SentMessage extends Addressee {
  waMessageId: string;
  phoneNumberId: string;
  opaqueId: string | null;
  /** Meta's: `text`, `image`, `interactive`, … */
  type: string;
  /** Visible words: a text, a caption, or the body above buttons; null when there are none. */
  text: string | null;
  quoteWaMessageId: string | null;
  /** The whole JSON as it was posted. */
  body: Record<string, unknown>;
  /** Meta code of its failed status report; null when it arrives. */
  failureCode: number | null;
  atMs: number;
}

/** An event that the customer's phone would show. */
export type GraphEvent =
  | { type: "message"; message: SentMessage }
  | { type: "read"; waMessageId: string }
  | { type: "typing"; waMessageId: string; untilMs: number }
  | { type: "status"; message: SentMessage; status: ReportedStatus };

type ReadMark = Extract<Accepted, { kind: "read" }>["body"];

export interface Outbox {
  /** Every accepted message, in order. */
  sent: SentMessage[];
  /** Records a message; returns Meta's answer. */
  accept(body: MessageBody, to: Addressee, from: Verdict & { phoneNumberId: string }): object;
  /** Records a read mark; returns Meta's answer. */
  read(body: ReadMark): object;
  emit(event: GraphEvent): void;
  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: GraphEvent) => void): () => void;
}

/** Typing ends after 25 s (Meta, typing indicators). */
const TYPING_MS = 25_000;

/** Messages that the Graph API stand-in has sent, and the listeners to its events. */
export function createOutbox(now: () => number): Outbox {
  const sent: SentMessage[] = [];
  const listeners = new Set<(event: GraphEvent) => void>();
  const emit = (event: GraphEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return {
    sent,
    emit,
    accept(body, to, { phoneNumberId, failureCode }) {
      const message: SentMessage = {
        ...to,
        waMessageId: newWaMessageId(),
        phoneNumberId,
        opaqueId: body.biz_opaque_callback_data ?? null,
        type: body.type,
        text: wordsOf(body[body.type]),
        quoteWaMessageId: body.context?.message_id ?? null,
        body,
        failureCode,
        atMs: now(),
      };
      sent.push(message);
      emit({ type: "message", message });
      return answer(body, message);
    },
    read({ message_id: waMessageId, typing_indicator }) {
      emit({ type: "read", waMessageId });
      if (typing_indicator) emit({ type: "typing", waMessageId, untilMs: now() + TYPING_MS });
      return { success: true };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** `body` is a string in a text, and `{ text }` in an interactive message. */
function wordsOf(content: unknown): string | null {
  if (typeof content !== "object" || content === null) return null;
  const words = "body" in content ? content.body : "caption" in content ? content.caption : null;
  const text = typeof words === "object" && words !== null && "text" in words ? words.text : words;
  return typeof text === "string" ? text : null;
}

function answer(body: MessageBody, { phone, waUserId, waMessageId }: SentMessage): object {
  const contact =
    body.to === undefined
      ? { input: body.recipient, user_id: body.recipient }
      : { input: body.to, wa_id: phone, ...(waUserId !== null && { user_id: waUserId }) };
  return { messaging_product: "whatsapp", contacts: [contact], messages: [{ id: waMessageId }] };
}
