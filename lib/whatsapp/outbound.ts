import type { OutboundText } from "../ports.ts";

/** The Graph API body of a text message; null when there is nobody to send it to. */
export function textMessage(message: OutboundText): Record<string, unknown> | null {
  const address = addressOf(message.to);
  if (address === null) return null;
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...address,
    ...(message.quoteWaMessageId !== null && { context: { message_id: message.quoteWaMessageId } }),
    type: "text",
    // Never a preview: Meta would fetch the link unasked, and a model that was talked into a link could so leak what
    // it knows without anybody tapping it.
    text: { body: message.text, preview_url: false },
    biz_opaque_callback_data: message.opaqueId,
  };
}

/** By phone, with `+` (without it Meta prepends the business's own country code), else by user id; never both. */
function addressOf(to: OutboundText["to"]): { to: string } | { recipient: string } | null {
  if (to.phone) return { to: `+${to.phone}` };
  return to.waUserId ? { recipient: to.waUserId } : null;
}
