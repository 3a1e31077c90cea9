import type { ChatContent, ChatFile } from "../../../contracts/chat.ts";
import type { FailureKind, OlderMessages, ThreadMessage } from "../../../contracts/console/thread.ts";
import type { StoredPage, StoredThreadMessage } from "../../types/console/inbox.ts";
import type { FileUrl } from "../../whatsapp/content/content.ts";
import { storedContent } from "../../whatsapp/content/outbound.ts";
import { failureKind } from "../../whatsapp/failure-kind.ts";

/** Conversation of a thread, for the addresses of its files. */
export interface Thread {
  tenantId: string;
  conversationId: string;
}

/** A message as the thread shows it; its file is behind an address of the console. */
export function shownMessage(message: StoredThreadMessage, thread: Thread): ThreadMessage {
  const { unconfirmed, content: stored, ...rest } = message;
  // A file that was sent by link is not ours to fetch: the page shows its name.
  const urlOf: FileUrl = ({ id }) => (id === undefined ? "" : fileUrl(thread, message.id));
  const content = storedContent(message, urlOf);
  return { ...rest, content, failure: failureOf(message), fileUrl: fileIn(content)?.url || null };
}

/** A page of a thread as pages show it. */
export const shownMessages = ({ messages, ...rest }: StoredPage, thread: Thread): OlderMessages => ({
  ...rest,
  messages: messages.map((message) => shownMessage(message, thread)),
});

const fileUrl = ({ tenantId, conversationId }: Thread, messageId: string): string =>
  `/api/console/t/${tenantId}/conversations/${conversationId}/files/${messageId}`;

function failureOf({ status, unconfirmed, metaCodes }: StoredThreadMessage): FailureKind | null {
  if (unconfirmed) return "unconfirmed";
  return status === "failed" ? failureKind(metaCodes) : null;
}

/** The one file of a message: itself, or in the header. */
export function fileIn(content: ChatContent | null): ChatFile | null {
  if (content?.kind === "media") return content.file;
  if (content?.kind !== "interactive" && content?.kind !== "template") return null;
  return content.header?.type === "media" ? content.header.file : null;
}
