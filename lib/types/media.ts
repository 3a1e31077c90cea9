/** The ports of media: reading files of customers, archiving them. */

/** A file that a person sent, as Meta names it. Everything but the number and the id is only what was announced. */
export interface Medium {
  phoneNumberId: string;
  mediaId: string;
  /** The message's type: `image`, `audio`, `document`, … */
  type: string;
  mimeType: string | null;
  filename: string | null;
}

/** What a medium holds, for the model: words heard or read, or a picture to look at. */
export type Reading =
  /** `text` is bounded and may be empty; `seconds` of sound that was listened to, null when none or not known. */
  | { kind: "text"; text: string; seconds: number | null }
  | { kind: "image"; bytes: Uint8Array; mimeType: string }
  | {
      kind: "unreadable";
      reason: "too_large" | "gone" | "unsupported" | "timeout" | "failed" | "over_budget";
    };

export interface MediaReader {
  /** Never throws; gives up after `deadlineMs`, from now. Sound is listened to only if `mayListen` takes its seconds. */
  read(medium: Medium, deadlineMs: number, mayListen?: (seconds: number) => boolean): Promise<Reading>;
}

/** What is known of the files that are kept; the bytes are elsewhere. */
export interface MediaFiles {
  /** Where to put a file: `path`, or where it was to be put before. Null when the company keeps none, or has it. */
  record(
    medium: Pick<Medium, "phoneNumberId" | "mediaId">,
    mimeType: string,
    path: string,
  ): Promise<string | null>;
  /** The file is there. */
  confirm(path: string, bytes: number): Promise<void>;
  /** Brings what companies have shortened forward. */
  shorten(): Promise<void>;
  /** Paths of at most `limit` files that are to be deleted. */
  due(limit: number): Promise<string[]>;
  /** How many of these were still known; to be called once the files are gone. */
  forget(paths: readonly string[]): Promise<number>;
}

/** Where files are kept: private, found by path alone. */
export interface FileStore {
  /** Replaces what is there. Throws when it is not certain that the file is there. */
  put(
    path: string,
    file: { bytes: Uint8Array<ArrayBuffer>; mimeType: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** What is not there counts as removed. Throws when it is not certain that all are gone. */
  remove(paths: readonly string[], signal: AbortSignal): Promise<void>;
}
