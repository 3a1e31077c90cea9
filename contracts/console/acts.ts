/** The console's API: what operators do and send. Paths are below `/api/console`. */
import type { ConversationRow } from "./inbox.ts";
import type { ThreadMessage } from "./thread.ts";

/** `POST /t/:tenant/conversations/:id/take`; 409 `taken` with who has it, unless `from` names them. */
export interface Take {
  /** Operator from whom it is taken on purpose. */
  from?: string | null;
}
/** `…/give-back` */
export interface GiveBack {
  /** What the bot should know. */
  note?: string;
}
/** `…/assign` */
export interface Assign {
  /** Null: nobody in particular. */
  operatorId: string | null;
}
/** `…/snooze`; null wakes it. */
export interface Snooze {
  until: number | null;
}
/** `…/tags` */
export interface Tags {
  tags: string[];
}
/** `…/notes` */
export interface WriteNote {
  /** Made by the page, once for each press. */
  id: string;
  text: string;
}
/** `…/presence` */
export interface SayPresence {
  typing: boolean;
}
/** The answer to every act: the row as it is now. `…/close` and `…/reopen`, `…/read`, `…/unflag` have no body. */
export interface Acted {
  row: ConversationRow;
}

/** As what a file is sent. */
export type FileKind = "image" | "video" | "audio" | "document";

/** What an operator sends. */
export type OperatorMessage =
  | { kind: "text"; text: string }
  | {
      kind: "media";
      media: FileKind;
      /** Of `POST /t/:tenant/uploads`. */
      mediaId: string;
      filename: string | null;
      caption: string;
    }
  | {
      kind: "template";
      name: string;
      language: string;
      /** Values of the placeholders by component, in order; of a header with a file, its `mediaId`. */
      header: string[];
      body: string[];
      buttons: string[];
    }
  | { kind: "reaction"; waMessageId: string; emoji: string };

/**
 * `POST /t/:tenant/conversations/:id/messages`. 202 with the stored message; the same `id` again gives the same answer and sends nothing.
 * 409 `others_wrote` when another operator has written since `seenAt` and `anyway` is not set; `window_closed`; `opted_out`; `not_yours`.
 */
export interface SendMessage {
  /** Made by the page once for each message, so that a press that is repeated or reloaded sends once. */
  id: string;
  message: OperatorMessage;
  quoteWaMessageId: string | null;
  /** `at` of the newest message that the page shows. */
  seenAt: number;
  anyway?: boolean;
}
export interface Sending {
  message: ThreadMessage;
  /** True when the bot or nobody had the conversation, and it became this operator's with the message. */
  took: boolean;
  row: ConversationRow;
}

/** `POST /t/:tenant/uploads`: the file as body, its name URI-encoded in the header `x-filename`. */
export interface Uploaded {
  mediaId: string;
  mimeType: string;
  /** As what it is sent, by its bytes. */
  kind: FileKind;
}
