import type { InboundMessage } from "../../types/inbound.ts";

/** Message types and whether they are answered; unlisted types are. */
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

/** True when a message needs an answer: by its type, never in a group, never when another app owns the conversation. */
export function startsTurn(message: Pick<InboundMessage, "type" | "groupId" | "standby">): boolean {
  const { type, groupId, standby } = message;
  return (
    !standby && groupId === null && (Object.hasOwn(STARTS_TURN, type) ? STARTS_TURN[type] === true : true)
  );
}
