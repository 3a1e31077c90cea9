import { asksToStop, askToStop, kept, stopOrKeep } from "../../language/stop-texts.ts";
import { optedOut } from "../../language/texts.ts";
import { answerToStop } from "../../requests/stop/answer.ts";
import { KEEP_BUTTON, STOP_BUTTON, tappedStopOrKeep } from "../../requests/stop/buttons.ts";
import { decideStop, type StopDecision } from "../../requests/stop/decide.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { Claim } from "../../types/turn-store.ts";
import { unreadMark } from "../../whatsapp/inbound/describe/unread.ts";
import { likelyLanguage } from "./classify.ts";
import { fixed, type Reply } from "./reply.ts";
import { ourLast } from "./transcript.ts";

type Asking = Pick<Claim, "pending" | "history" | "customer" | "tenant">;

/**
 * The reply to a request for no more messages that only the turn can tell, because it was spoken or depends on what we had asked: the
 * opt-out, or, where it is doubtful, a question with two buttons. Null for anything else.
 */
export function stopReply(claim: Asking): Reply | null {
  const { pending } = claim;
  if (pending.some((message) => tappedStopOrKeep(message) === "keep")) return keep(claim);
  const before = ourLast(claim.history);
  const askedToStop = before !== null && asksToStop(before);
  const said = pending
    .map((message) => ({ message, words: wordsOf(message) }))
    .filter(({ words }) => words !== "");
  const last = said.at(-1);
  if (!last) return null;
  if (askedToStop) {
    const answer = answerToStop(last.words);
    if (answer) return answer === "keep" ? keep(claim) : stop(claim, last.message);
  }
  const decide = ({ message, words }: (typeof said)[number]): StopDecision =>
    decideStop(words, message.quoted ?? before);
  const stopping = said.find((each) => decide(each) === "stop");
  if (stopping) return stop(claim, stopping.message);
  // One sentence in several bubbles.
  if (said.length > 1 && decideStop(said.map(({ words }) => words).join(" "), before) === "stop")
    return stop(claim, last.message);
  return said.length === 1 && decide(last) === "doubtful" && !wasAsked(claim) ? ask(claim) : null;
}

/** Words that the customer wrote, said or put under a file; empty for none. */
function wordsOf({ type, text, reading }: StoredMessage): string {
  if (type === "voice" || type === "audio")
    return reading === null || unreadMark(reading) !== null ? "" : reading;
  return WRITTEN.has(type) ? (text ?? "") : "";
}

const WRITTEN: ReadonlySet<string> = new Set(["text", "image", "video", "document"]);

/** True when we have asked lately: whoever writes on after that is not asked again. */
const wasAsked = ({ history }: Asking): boolean =>
  history.some(({ direction, text }) => direction === "out" && asksToStop(text ?? ""));

function stop(claim: Asking, { id }: StoredMessage): Reply {
  const language = likelyLanguage(claim);
  return { ...fixed(optedOut(language), language, null), optOut: id };
}

function keep(claim: Asking): Reply {
  const language = likelyLanguage(claim);
  return fixed(kept(language), language, null);
}

function ask(claim: Asking): Reply {
  const language = likelyLanguage(claim);
  const [stopLabel, keepLabel] = stopOrKeep(language);
  const options = [
    { id: STOP_BUTTON, title: stopLabel },
    { id: KEEP_BUTTON, title: keepLabel },
  ];
  return {
    ...fixed(askToStop(language), language, null),
    extra: { kind: "choices", options, button: keepLabel },
  };
}
