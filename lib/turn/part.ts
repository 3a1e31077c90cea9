import type { SendResult } from "../types/channel.ts";
import type { OutboundMessage } from "../types/outbound.ts";
import type { Claim, SentPart } from "../types/turn-store.ts";
import { replyMessages } from "../whatsapp/messages/reply.ts";
import type { Reply } from "./answer/reply.ts";

/** An ambiguous part is sent at most this often: the one published way to say a thing twice. */
export const MAX_SENDS = 2;

/** One message of a reply, written down and about to be sent. */
export interface Part {
  id: string;
  message: OutboundMessage;
  quoteWaMessageId: string | null;
  /** Sends attempted so far, this one included. */
  sends: number;
}

/** The messages of a reply. */
export function partsOf({ markdown, extra }: Reply, { pending }: Pick<Claim, "pending">): Part[] {
  // With several messages in one burst the customer should see which one is answered.
  const quoteWaMessageId = pending.length > 1 ? (pending.at(-1)?.waMessageId ?? null) : null;
  return replyMessages(markdown, extra).map((message, index) => ({
    id: crypto.randomUUID(),
    message,
    quoteWaMessageId: index === 0 ? quoteWaMessageId : null,
    sends: 1,
  }));
}

/** The record of a part before more is known of it. */
export const sentPart = (
  { id, sends }: Pick<Part, "id" | "sends">,
  outcome: SentPart["outcome"],
  waMessageId: string | null = null,
): SentPart => ({
  id,
  outcome,
  sends,
  waMessageId,
  metaCode: null,
});

/** The record of a part that Meta accepted. */
export const acceptedPart = (
  part: Pick<Part, "id" | "sends">,
  { waMessageId, acceptedPhone }: Extract<SendResult, { outcome: "accepted" }>,
): SentPart => ({
  ...sentPart(part, "accepted", waMessageId),
  ...(acceptedPhone !== undefined && { acceptedPhone }),
});

/** A statement that counts sends before they are made got no answer: it may have been done, and none of these parts was sent. */
export class UnsentError extends Error {
  override readonly name = "UnsentError";
  readonly parts: readonly SentPart[];
  constructor(cause: unknown, parts: readonly Part[]) {
    super("nothing was sent", { cause });
    this.parts = parts.map((part) => sentPart(part, "unsent"));
  }
}
