import type { ConversationRow } from "../../../../contracts/console/inbox.ts";
import type { ConversationView, NoteView, ThreadMessage } from "../../../../contracts/console/thread.ts";

/** What every part around an open conversation gets, and how it reports what the server answered: each is merged into the view by id. */
export interface ConversationProps {
  view: ConversationView;
  onRow(row: ConversationRow): void;
  onMessage(message: ThreadMessage): void;
  onNote(note: NoteView): void;
  /** Tags in use, offered where a tag is written. */
  knownTags(): string[];
}
