import { createContext, use } from "react";
import type { ChatAction, ChatFile, ChatMediaType, ChatMessage } from "../../../../contracts/chat.ts";
import type { MediaLimits, SimProduct, SimUploaded, SimWritten } from "../../../../contracts/simulator.ts";

/** Sheet that is open over the conversation. */
export type OpenSheet =
  | { kind: "caption"; type: "image" | "video" | "document"; uploaded: SimUploaded }
  | { kind: "places"; replyTo: string | null }
  | { kind: "list"; message: ChatMessage; action: Extract<ChatAction, { type: "list" }> }
  | { kind: "cart" }
  | { kind: "flow"; message: ChatMessage };

/** Actions of the customer on the phone. */
export interface PhoneActions {
  /** Sends a message; `replyTo` defaults to the message that is being quoted. */
  write(message: SimWritten, options?: { replyTo?: string | null; file?: ChatFile }): void;
  /** Uploads a file, asks for a caption if it can have one, and sends it. */
  attach(type: ChatMediaType, file: File): Promise<void>;
  /** Makes the next message a reply to this one. */
  quote(message: ChatMessage): void;
  open(sheet: OpenSheet): void;
  /** Customer who owns the phone. */
  customer: { phone: string; name: string };
  /** What carts are filled from. */
  catalog: readonly SimProduct[];
  /** WhatsApp's limits; null until the state has loaded. */
  mediaLimits: MediaLimits | null;
}

const ActionsContext = createContext<PhoneActions | null>(null);

/** Provides the phone's actions to everything below it. */
export const ActionsProvider = ActionsContext.Provider;

/** Actions of the surrounding phone; throws outside one. */
export function useActions(): PhoneActions {
  const actions = use(ActionsContext);
  if (!actions) throw new Error("useActions needs an ActionsProvider above it");
  return actions;
}
