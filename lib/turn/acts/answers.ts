import { plainAnswer } from "../../language/acts.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { Act } from "../../types/turn/acts.ts";
import type { Claim } from "../../types/turn-store.ts";
import { type ActButton, tappedAct } from "./buttons.ts";

/** A message that answers an act. */
export interface ActAnswer {
  message: StoredMessage;
  button: ActButton;
  /** Null when no act of this conversation has that button. */
  act: Act | null;
}

type Asked = Pick<Claim, "pending" | "history" | "acts">;

/** The messages of a claim that answer acts, in order: taps on their buttons, and a typed yes or no that is the direct answer to a question. */
export function answersIn(claim: Asked): ActAnswer[] {
  const acts = claim.acts ?? [];
  const typed = typedAnswer(claim);
  return claim.pending.flatMap((message): ActAnswer[] => {
    const tap = tappedAct(message);
    if (tap) return [{ message, button: tap.button, act: acts.find(({ id }) => id === tap.actId) ?? null }];
    // Taken for its answer by a process that died.
    const answered = acts.find(({ answeredBy }) => answeredBy === message.id);
    if (answered) return [{ message, button: answered.code === "customer" ? "no" : "yes", act: answered }];
    return typed?.message === message ? [typed] : [];
  });
}

/** A typed yes or no: the only pending message, right after the question, about nothing else. */
function typedAnswer({ pending, history, acts = [] }: Asked): ActAnswer | null {
  const [message, more] = pending;
  if (!message || more || message.type !== "text" || message.quoted !== null || message.opt !== null)
    return null;
  const last = history.at(-1);
  const act = acts.find(({ messageId, state }) => state === "proposed" && messageId === last?.id);
  if (!act || !last) return null;
  const words = message.text ?? "";
  // Where Meta refuses buttons, their titles are numbered lines.
  const button = plainAnswer(words) ?? (last.type === "text" ? NUMBERED[words.trim()] : null);
  return button ? { message, button, act } : null;
}

const NUMBERED: Readonly<Record<string, "yes" | "no">> = { "1": "yes", "2": "no" };
