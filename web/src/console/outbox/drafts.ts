import type { FileKind } from "../../../../contracts/console/acts.ts";
import type { ThreadMessage } from "../../../../contracts/console/thread.ts";
import type { Refusal } from "./refusals.ts";
import { KeyedStore, useKeyed } from "./store.ts";

/** What the box writes: a message to the customer, or a note that only the team sees. */
export type Writes = "message" | "note";

/** A file beside the text, from choosing it until it was sent. */
export interface Attachment {
  file: File;
  media: FileKind;
  /** Address of the file in this page. */
  url: string;
  state:
    | { kind: "uploading"; share: number }
    | { kind: "ready"; mediaId: string }
    | { kind: "failed"; refusal: Refusal };
  /** True when it was redrawn as JPEG, since WhatsApp does not show the type that was chosen. */
  redrawn: boolean;
}

/** What an operator has begun to write in one conversation. */
export interface Draft {
  /** Words to the customer and words to the team are kept apart: a switch must not send the ones to the other. */
  text: Readonly<Record<Writes, string>>;
  writes: Writes;
  quote: ThreadMessage | null;
  attachment: Attachment | null;
}

const EMPTY: Draft = { text: { message: "", note: "" }, writes: "message", quote: null, attachment: null };

/** Drafts by conversation. */
export const drafts = new KeyedStore<Draft>(EMPTY);

/** The draft of a conversation, in a component. */
export function useDraft(conversationId: string): Draft {
  return useKeyed(drafts, conversationId);
}

/** Changes some parts of a draft. */
export function changeDraft(conversationId: string, change: Partial<Draft>): void {
  drafts.change(conversationId, (draft) => ({ ...draft, ...change }));
}

/** Replaces the words of one kind; by default of the kind being written. */
export function writeDraft(conversationId: string, text: string, writes?: Writes): void {
  drafts.change(conversationId, (draft) => ({
    ...draft,
    text: { ...draft.text, [writes ?? draft.writes]: text },
  }));
}

/** Makes the next message a reply to this one, and turns from a note to a message. */
export function quoteMessage(conversationId: string, message: ThreadMessage): void {
  changeDraft(conversationId, { quote: message, writes: "message" });
}

/** True when leaving the page would lose something. */
export function isUnsent({ text, attachment }: Draft): boolean {
  return text.message.trim() !== "" || text.note.trim() !== "" || attachment !== null;
}
