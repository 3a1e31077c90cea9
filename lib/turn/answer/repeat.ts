import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import { foldText } from "../../language/fold.ts";
import { withoutMarks } from "../../language/marks.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { Claim, Repeat } from "../../types/turn-store.ts";

/** Rounds in a row without anything new that are still answered. */
export const MAX_ROUNDS = 5;
/** The same for a short answer such as "no", "ok" or "2", which people give often. */
export const MAX_SHORT_ROUNDS = 10;
const SHORT = 3;
/** After a longer silence any message starts afresh. */
const GAP_MS = 60 * 60_000;
/** A text this long is no coincidence: it counts also when others came in between, or when it is ours. */
const LONG = 20;
/** Characters of our own words to search for: more would only take time. */
const NEEDLE = 80;

/**
 * The count including this round: another bot, an auto-responder or a stuck key sends the same words, or ours, again and
 * again. Null for a tap, an opt-out or an opt-in, which are no loop.
 */
export function repeatWith(claim: Pick<Claim, "pending" | "history" | "repeat" | "attempts">): Repeat | null {
  const { pending, history, repeat, attempts } = claim;
  if (pending.some(({ type, opt }) => opt !== null || TAPS.has(type))) return null;
  // However often it was sent before the reply, it is one round.
  const said = [...new Set(pending.map(contentOf))];
  const key = hash(said.join("\n"));
  const pauseMs = (pending[0]?.timestampMs ?? 0) - (history.at(-1)?.timestampMs ?? 0);
  const again = repeat !== null && pauseMs <= GAP_MS && (repeat.key === key || nothingNew(said, history));
  // A turn that was overtaken by more messages runs again, and was counted then.
  const more = attempts > 0 ? 0 : 1;
  return { key, count: again ? repeat.count + more : 1 };
}

/** True when a round with this count is one too many. */
export function isLoop({ pending }: Pick<Claim, "pending">, { count }: Repeat): boolean {
  const short = pending.every(({ type, text }) => type === "text" && [...fold(text ?? "")].length <= SHORT);
  return count > (short ? MAX_SHORT_ROUNDS : MAX_ROUNDS);
}

const TAPS: ReadonlySet<string> = new Set(["interactive", "button"]);

/** True when all of it was said recently, by the customer or by us. */
function nothingNew(said: readonly string[], history: readonly StoredMessage[]): boolean {
  const theirs = new Set(history.filter(({ direction }) => direction === "in").map(contentOf));
  const ours = history
    .filter(({ direction }) => direction === "out")
    // Marks describe what was shown, not said.
    .map(({ text }) => fold(withoutMarks(text ?? "")))
    .filter(({ length }) => length >= LONG)
    .map((text) => text.slice(0, NEEDLE));
  return said.every(
    (text) => text.length >= LONG && (theirs.has(text) || ours.some((words) => text.includes(words))),
  );
}

/** A message for comparison: its words; for a file also its digest, for anything else all its content. */
function contentOf({ type, text, content }: StoredMessage): string {
  const words = fold(text ?? "");
  if (type === "text") return words;
  const digest = fieldOf(fieldsOf(content), "sha256");
  return `${type} ${words} ${typeof digest === "string" ? digest : JSON.stringify(content)}`;
}

const fold = (text: string): string => foldText(text).replace(/\s+/g, " ").trim();

/** Sixteen hexadecimal digits of SHA-256: the words themselves are stored with the messages alone. */
const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 8));
