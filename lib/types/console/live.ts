/** Ports of the live stream: what changed, and that a customer waits. */
import type { ConversationRow, Counts } from "../../../contracts/console/inbox.ts";
import type { ConversationState, NoteView, Presence, ThreadTurn } from "../../../contracts/console/thread.ts";
import type { StoredThreadMessage } from "./inbox.ts";

/** What one process asks for all pages of a company that it has open. */
export interface Asked {
  /** Position; null: nothing is behind it. */
  since: string | null;
  /** Conversations that are open. */
  watched: string[];
  /** Whose unread messages and counts are wanted. */
  operators: string[];
  /** Sessions to be checked; null: none now. */
  sessions: string[] | null;
  /** Who looks at what, to be kept; null: not now. */
  present: { operatorId: string; conversationId: string }[] | null;
  /** True for the counts even though nothing changed. */
  counts: boolean;
}

/** A thing with the transaction that wrote it last. */
export interface Version<T> {
  version: number;
  value: T;
}

/** What changed in one open conversation. */
export type ChangedThread<Message = StoredThreadMessage> =
  | { id: string; gone: true }
  | {
      id: string;
      gone: false;
      messages: Version<Message>[];
      turns: Version<ThreadTurn>[];
      notes: Version<NoteView>[];
      /** Null: not changed. */
      state: ConversationState | null;
      presence: Presence[];
    };

/** What changed behind a position; rows and messages as stored, or as pages show them. */
export interface Changes<Message = StoredThreadMessage> {
  position: string;
  /** Too much has changed, or too long ago: pages read everything again. */
  stale: boolean;
  /** `unread` by operator. */
  rows: { version: number; row: ConversationRow; unread: Record<string, number> }[];
  threads: ChangedThread<Message>[];
  /** By operator; null: not changed. */
  counts: Record<string, Counts> | null;
  /** Milliseconds until the next snooze ends; null: none, or the counts were not asked for. */
  wakesInMs: number | null;
  /** Those of the asked that have not ended; null: none were asked for. */
  sessions: string[] | null;
}

export interface LiveStore {
  changes(tenantId: string, asked: Asked): Promise<Changes>;
  /** False when the company has no such conversation. */
  typing(tenantId: string, conversationId: string, operatorId: string, typing: boolean): Promise<boolean>;
}

/** Says across processes, without the database, that the queue of a company has changed. */
export interface QueueSignal {
  /** Other customers may wait for a person than before. Never throws. */
  raise(tenantId: string): Promise<void>;
  /** A number for each company that is another one after every `raise`; null when there is no answer. Never throws. */
  read(tenantIds: readonly string[]): Promise<number[] | null>;
}

/** A page that opens the stream. */
export interface Opening {
  tenantId: string;
  operatorId: string;
  sessionId: string;
  conversationId: string | null;
  /** Where it goes on; null: now. */
  lastEventId: string | null;
  quiet: boolean;
}

/** The live stream of this process. */
export interface Live {
  /** Null when the operator has too many pages open here. */
  open(opening: Opening): Response | null;
  typing: LiveStore["typing"];
}
