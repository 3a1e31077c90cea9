import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Claim, Repeat } from "../../types/turn-store.ts";
import { contentOf, fold, isFasterThanTyped, isPrompt, nearlyTheSame, nothingNew } from "./sameness.ts";

/** Rounds in a row without anything new that are still answered. */
export const MAX_ROUNDS = 5;
/** The same for a short answer such as "no", "ok" or "2", which people give often. */
export const MAX_SHORT_ROUNDS = 10;
const SHORT = 3;
/** The same when each answer comes at once, as no person's does. */
const MAX_AT_ONCE = 3;
/** Rounds in a row of other words that are answered although each comes at once, and sooner than it could be typed. */
export const MAX_TYPED_AT_ONCE = 15;
/** After a longer silence any message starts afresh; the same words as those that ended a loop only after a day. */
const GAP_MS = 60 * 60_000;
const LOOP_GAP_MS = 24 * 60 * 60_000;

/**
 * The count including this round: another bot, an auto-responder or a stuck key sends the same words, or ours, again and
 * again. Null for a tap, an opt-out or an opt-in, which are no loop.
 */
export function repeatWith(claim: RepeatClaim): Repeat | null {
  const { pending, history, repeat, attempts } = claim;
  if (pending.some(({ type, opt }) => opt !== null || TAPS.has(type))) return null;
  const { key, said } = wordsOf(claim);
  const pauseMs = (pending[0]?.timestampMs ?? 0) - (history.at(-1)?.timestampMs ?? 0);
  const told = repeat !== null && isLoop(claim, repeat);
  const close = pauseMs <= (told ? LOOP_GAP_MS : GAP_MS);
  const prompt = isPrompt(pending, history);
  const alike = nothingNew(said, history) || ((prompt || told) && nearlyTheSame(said, history));
  const again = repeat !== null && close && (repeat.key === key || alike);
  // A turn that was overtaken by more messages runs again, and was counted then.
  const more = attempts > 0 ? 0 : 1;
  const count = again ? repeat.count + more : 1;
  const before = repeat?.atOnce ?? 0;
  if (prompt && (again || isFasterThanTyped(pending, history))) return { key, count, atOnce: before + more };
  // What comes after our silence answers nothing.
  return { key, count, atOnce: told && again ? before : 0 };
}

type RepeatClaim = Pick<Claim, "pending" | "history" | "repeat" | "attempts">;

/** True when a round with this count is one too many. */
export function isLoop(claim: RepeatClaim, { count, atOnce }: Repeat): boolean {
  const { pending, history, repeat } = claim;
  const short = pending.every(({ type, text }) => type === "text" && [...fold(text ?? "")].length <= SHORT);
  if (count > (short ? MAX_SHORT_ROUNDS : MAX_ROUNDS) || atOnce > MAX_TYPED_AT_ONCE) return true;
  const { key, said } = wordsOf(claim);
  return count > MAX_AT_ONCE && atOnce >= MAX_AT_ONCE && (repeat?.key === key || nothingNew(said, history));
}

/** True when the loop goes on of which a person was told: an answer would only be answered. */
export function isQuiet(claim: RepeatClaim, round: Repeat | null): boolean {
  return round !== null && claim.repeat !== null && isLoop(claim, claim.repeat) && isLoop(claim, round);
}

/** However often it was sent before the reply, it is one round. */
function wordsOf({ pending }: RepeatClaim): { key: string; said: string[] } {
  const said = [...new Set(pending.map(contentOf))];
  return { key: hash(said.join("\n")), said };
}

const TAPS: ReadonlySet<string> = new Set(["interactive", "button"]);

/** Sixteen hexadecimal digits of SHA-256: the words themselves are stored with the messages alone. */
const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 8));
