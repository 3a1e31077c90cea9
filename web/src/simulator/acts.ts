import { createContext, use } from "react";
import type { SimAction, SimFile, SimMediaType, SimMessage, SimUploaded, SimWritten } from "../api.ts";

/** What rises over the conversation. */
export type SheetShown =
  | { kind: "caption"; type: "image" | "video" | "document"; uploaded: SimUploaded }
  | { kind: "places"; replyTo: string | null }
  | { kind: "list"; message: SimMessage; action: Extract<SimAction, { type: "list" }> }
  | { kind: "flow"; message: SimMessage };

/** What the reader can do as the customer. */
export interface Acts {
  /** Sends; `replyTo` is the message that it answers, the one that is quoted when absent. */
  write(message: SimWritten, options?: { replyTo?: string | null; file?: SimFile }): void;
  /** Uploads a file, asks for a caption where there can be one, and sends it. */
  attach(type: SimMediaType, file: File): Promise<void>;
  /** The next message will answer this one. */
  quote(message: SimMessage): void;
  show(sheet: SheetShown): void;
  /** The customer whose phone this is. */
  customer: { phone: string; name: string };
}

const ActsContext = createContext<Acts | null>(null);

/** Gives everything below it something to act with. */
export const ActsProvider = ActsContext.Provider;

/** The acts of the phone around the caller; throws outside of one. */
export function useActs(): Acts {
  const acts = use(ActsContext);
  if (!acts) throw new Error("useActs needs a phone around it");
  return acts;
}
