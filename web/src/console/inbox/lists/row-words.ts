import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { plainText } from "../../../chat/text/formatting.ts";
import { usePage } from "../../../shared/page.tsx";
import { textFor } from "../../../texts/texts.ts";
import { useTexts } from "../../shell/texts.ts";

/** Name of a customer: the profile's, else the number. */
export const nameOf = ({ name, phone }: Pick<ConversationRow, "name" | "phone">, unnamed: string): string =>
  name?.trim() || phone || unnamed;

/** First letter of a name, for its circle. */
export const initialOf = (name: string): string =>
  ([...name.replace(/^\+/, "")][0] ?? "?").toLocaleUpperCase();

/** Newest message of a row in one line, and who wrote it; nothing for the customer. */
export function usePreview({ preview, previewBy, previewType }: ConversationRow): {
  by: string;
  text: string;
} {
  const { chat } = usePage().texts;
  const by = previewBy === "bot" || previewBy === "operator" ? chat.authors[previewBy] : "";
  const kind = previewType && previewType !== "text" ? textFor(chat.kinds, previewType) : undefined;
  const text = plainText(preview).trim();
  return { by, text: kind && text ? `${kind}: ${text}` : text || kind || "" };
}

/** What else is to be known of a row. */
export function useMarks(row: ConversationRow, now: number): { kind: string; text: string }[] {
  const { inbox } = useTexts();
  const { formats } = usePage();
  const { row: words } = inbox;
  const marks: { kind: string; text: string }[] = [];
  const { snoozedUntil } = row;
  if (row.flaggedAt !== null) marks.push({ kind: "flagged", text: words.flagged });
  if (row.closedAt !== null) marks.push({ kind: "closed", text: words.closed });
  else if (snoozedUntil !== null && snoozedUntil > now) {
    const near = snoozedUntil - now < 12 * 3_600_000;
    const until = near ? formats.time(snoozedUntil) : formats.date(snoozedUntil);
    marks.push({ kind: "snoozed", text: words.snoozed(until) });
  }
  if (row.optedOut) marks.push({ kind: "opted-out", text: words.optedOut });
  if (row.demo) marks.push({ kind: "demo", text: words.demo });
  return marks;
}
