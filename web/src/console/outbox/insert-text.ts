import { writeDraft } from "./drafts.ts";

/** Puts text into the box in place of a range, by default of what is selected, with the caret behind it. */
export function insertText(
  box: HTMLTextAreaElement,
  conversationId: string,
  text: string,
  { from, to }: { from: number; to: number } = { from: box.selectionStart, to: box.selectionEnd },
): void {
  box.setRangeText(text, from, to, "end");
  writeDraft(conversationId, box.value);
  const caret = from + text.length;
  box.focus();
  // The page writes the value again, which would move the caret to the end.
  requestAnimationFrame(() => box.setSelectionRange(caret, caret));
}
