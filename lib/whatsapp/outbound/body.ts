import type { Outbound } from "../../types/channel.ts";
import { graphMessage } from "../messages/build.ts";

/** The Graph API body of a message; null when there is nobody to send it to. Throws MessageLimitError. */
export function graphBody(outbound: Outbound): Record<string, unknown> | null {
  const address = addressOf(outbound.to);
  if (address === null) return null;
  const { message, quoteWaMessageId, opaqueId } = outbound;
  // A reaction points to its message itself.
  const quoted = quoteWaMessageId !== null && message.kind !== "reaction";
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...address,
    ...(quoted && { context: { message_id: quoteWaMessageId } }),
    ...graphMessage(message),
    biz_opaque_callback_data: opaqueId,
  };
}

/** By phone, with `+` (without it Meta prepends the business's own country code), else by user id; never both. */
function addressOf(to: Outbound["to"]): { to: string } | { recipient: string } | null {
  if (to.phone) return { to: `+${to.phone}` };
  return to.waUserId ? { recipient: to.waUserId } : null;
}
