import { spellingsOf } from "../../phone/spellings.ts";
import type { Outbound } from "../../types/channel.ts";
import { graphMessage } from "../messages/build.ts";

/** The Graph API body of a message; null when there is nobody to send it to. Throws MessageLimitError. */
export function graphBody(outbound: Outbound): Record<string, unknown> | null {
  const [address] = addressesOf(outbound.to);
  if (address === undefined) return null;
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

/** A request's name for its customer: the phone with `+` (without it Meta prepends the business's own country code), or the user id. */
type Address = { to: `+${string}` } | { recipient: string };

/**
 * Addresses of a customer in the order to try them: the spelling of the phone that Meta accepted before, the delivered one,
 * its others; without a phone the user id. None when there is neither.
 */
export function addressesOf({ phone, acceptedPhone, waUserId }: Outbound["to"]): Address[] {
  if (!phone) return waUserId ? [{ recipient: waUserId }] : [];
  const spellings: readonly string[] = spellingsOf(phone);
  const first = spellings.filter((spelling) => spelling === acceptedPhone);
  return [...new Set([...first, ...spellings])].map((spelling) => ({ to: `+${spelling}` }));
}
