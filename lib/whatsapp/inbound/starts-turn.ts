import type { InboundMessage } from "../../types/inbound.ts";

/** Whether a message of this type is something to answer; a type that is not here is. */
export const STARTS_TURN: Readonly<Record<string, boolean>> = {
  text: true,
  interactive: true,
  button: true,
  image: true,
  video: true,
  audio: true,
  voice: true,
  document: true,
  sticker: true,
  location: true,
  contacts: true,
  order: true,
  unsupported: true,
  unknown: true,
  request_welcome: true,
  reaction: false,
  system: false,
  edit: false,
  revoke: false,
};

/** Whether this message is to be answered: by its type, never in a group, and never when another app owns the conversation. */
export function startsTurn(message: Pick<InboundMessage, "type" | "groupId" | "standby">): boolean {
  const { type, groupId, standby } = message;
  return (
    !standby && groupId === null && (Object.hasOwn(STARTS_TURN, type) ? STARTS_TURN[type] === true : true)
  );
}
