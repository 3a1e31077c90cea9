/** Ports of media: reading and archiving customers' files. */

/** A customer's file, as Meta names it. Everything but the number and the id is only declared. */
export interface Medium {
  phoneNumberId: string;
  mediaId: string;
  /** Message type: `image`, `audio`, `document`, … */
  type: string;
  mimeType: string | null;
  filename: string | null;
}

/** Content of a medium for the model: words heard or read, or a picture. */
export type Reading =
  /** `text` is bounded and may be empty; `seconds` of sound transcribed, null when none or unknown, by this `model`. */
  | { kind: "text"; text: string; seconds: number | null; model?: string }
  | { kind: "image"; bytes: Uint8Array; mimeType: string }
  | {
      kind: "unreadable";
      reason: "too_large" | "gone" | "unsupported" | "timeout" | "failed" | "over_budget";
    };

export interface MediaReader {
  /** Never throws; gives up `deadlineMs` from now. Sound is transcribed only if `mayListen` accepts its seconds. */
  read(medium: Medium, deadlineMs: number, mayListen?: (seconds: number) => boolean): Promise<Reading>;
}

/** Records of archived files; the bytes are in the file store. */
export interface MediaFiles {
  /** Path for a file: `path`, or the one recorded before. Null when the company archives none, or already has it. */
  record(
    medium: Pick<Medium, "phoneNumberId" | "mediaId">,
    mimeType: string,
    path: string,
  ): Promise<string | null>;
  /** Marks the file as stored. */
  confirm(path: string, bytes: number): Promise<void>;
  /** Applies retention periods that companies have shortened. */
  shorten(): Promise<void>;
  /** Paths of at most `limit` files due for deletion. */
  due(limit: number): Promise<string[]>;
  /** Forgets deleted files; gives how many were still recorded. */
  forget(paths: readonly string[]): Promise<number>;
}

/** Private store of archived files, addressed by path. */
export interface FileStore {
  /** Stores or replaces a file. Throws unless it is certainly stored. */
  put(
    path: string,
    file: { bytes: Uint8Array<ArrayBuffer>; mimeType: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** A file's bytes; null when it is not there. Throws when it is larger than `maxBytes`, as for any failure. */
  get(
    path: string,
    limits: { maxBytes: number; signal: AbortSignal },
  ): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Deletes files; missing ones count as deleted. Throws unless all are certainly gone. */
  remove(paths: readonly string[], signal: AbortSignal): Promise<void>;
}
