import type { InboundMessage } from "../../types/inbound.ts";

/** Cache key of a message; Meta may give two numbers the same message id. */
export const messageKeyOf = ({
  phoneNumberId,
  waMessageId,
}: Pick<InboundMessage, "phoneNumberId" | "waMessageId">): string => `${phoneNumberId}:${waMessageId}`;
