import type { Stretch } from "../../../whatsapp/format/code.ts";

/** Kinds of text in a model's answer that are not meant for the customer. */
export type LeakKind = "thinking" | "call" | "token" | "turn" | "mark";

/** A passage to take out. */
export interface Passage extends Stretch {
  kind: LeakKind;
}

/** The text without these passages, which are in order; where words stood on both sides, one break or space is left. */
export function without(text: string, passages: readonly Stretch[]): string {
  let kept = "";
  let from = 0;
  for (const { start, end } of passages) {
    if (end <= from) continue;
    kept = joined(kept, text.slice(from, Math.max(from, start)));
    from = end;
  }
  return passages.length === 0 ? text : joined(kept, text.slice(from)).trim();
}

/** Joins two sides of a cut, with the widest gap that either side had. */
function joined(before: string, after: string): string {
  if (before.trim() === "") return after;
  const left = before.trimEnd();
  const right = after.trimStart();
  if (right === "") return before + after;
  const gaps = [before.slice(left.length), after.slice(0, after.length - right.length)];
  const breaks = Math.max(...gaps.map((gap) => gap.split("\n").length - 1));
  if (breaks > 0) return left + (breaks > 1 ? "\n\n" : "\n") + right;
  return left + (gaps.some((gap) => gap !== "") && !/^[.,;:!?)]/.test(right) ? " " : "") + right;
}
