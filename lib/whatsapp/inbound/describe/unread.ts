/** Marks for media that were not read, so that the reply is honest about it. */
export const UNREAD = {
  too_large: "[too large or too long to be opened]",
  gone: "[no longer available: it would have to be sent again]",
  unsupported: "[a kind of file that cannot be opened]",
  timeout: "[could not be opened]",
  failed: "[could not be opened]",
  over_budget: "[not listened to: too much sound today; it would have to be written]",
  skipped: "[not opened: too many files at once]",
  silent: "[nothing could be heard]",
  blank: "[no text in it: perhaps a scan or a picture]",
} as const;

const MARKS: ReadonlySet<string> = new Set(Object.values(UNREAD));

/** True when a reading is one of these marks; text that was read has no square brackets (`roundBrackets`). */
export const isUnread = (reading: string): boolean => MARKS.has(reading);
