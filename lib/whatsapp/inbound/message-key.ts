import type { InboundMessage } from "../../types/inbound.ts";

/** Names one message for the cache: ids are Meta's to choose, and two numbers may see the same one. */
export const messageKeyOf = ({
  phoneNumberId,
  waMessageId,
}: Pick<InboundMessage, "phoneNumberId" | "waMessageId">): string => `${phoneNumberId}:${waMessageId}`;
