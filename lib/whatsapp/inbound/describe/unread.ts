import { mark } from "../../../language/marks.ts";

/** Marks for media that were not read, so that the reply is honest about it. */
export const UNREAD = {
  too_large: mark("too large or too long to be opened"),
  gone: mark("no longer available: it would have to be sent again"),
  unsupported: mark("a kind of file that cannot be opened"),
  unsupported_sound: mark(
    "a kind of sound that cannot be heard: it would have to be a voice note, or written",
  ),
  timeout: mark("could not be opened"),
  failed: mark("could not be opened"),
  over_budget: mark("not listened to: too much sound today; it would have to be written"),
  skipped: mark("not opened: too many files at once"),
  silent: mark("nothing could be heard"),
  blank: mark("no text in it: perhaps a scan or a picture"),
} as const;

/** By their words: earlier releases stored them in square brackets. */
const MARKS: ReadonlyMap<string, string> = new Map(
  Object.values(UNREAD).flatMap((whole) => [
    [whole, whole],
    [`[${whole.slice(1, -1)}]`, whole],
  ]),
);

/** The mark that a reading is; null for text that was read, which holds no such brackets (`unmarked`). */
export const unreadMark = (reading: string): string | null => MARKS.get(reading) ?? null;
