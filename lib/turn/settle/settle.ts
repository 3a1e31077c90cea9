import type { Language } from "../../types/company.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import type { Act } from "../../types/turn/acts.ts";
import type { Claim } from "../../types/turn-store.ts";
import { type ActAnswer, answersIn } from "../acts/answers.ts";
import { type ActTurn, takeAnswer } from "../acts/execute.ts";
import { isDeclared } from "../acts/same-tool.ts";
import { likelyLanguage } from "../answer/classify.ts";
import type { Reply } from "../answer/reply.ts";
import type { Turn } from "../state/turn.ts";
import { replyAbout, type Settled } from "./words.ts";

/** What became of the acts that a claim is about. */
export interface Settlement {
  reply: Reply;
  /** The claim with what is left to answer; null when that is nothing. */
  rest: Claim | null;
}

/**
 * Does what the customer's answers to acts say, before anything is classified, and what an earlier process or an operator has left to do; null
 * when no act is concerned. Throws LostTurnError when a successor has the conversation.
 */
export async function settleActs(turn: Turn): Promise<Settlement | null> {
  const { claim, deps } = turn;
  const { acts } = deps;
  if (!acts) return null;
  const answers = answersIn(claim);
  const left = (claim.acts ?? []).filter(
    (act) => isLeft(act) && !answers.some((each) => each.act?.id === act.id),
  );
  if (answers.length === 0 && left.length === 0) return null;
  const own: ActTurn = { ...turn, deps: { ...deps, acts } };
  const settled: Settled[] = [];
  for (const act of left.toReversed()) settled.push({ act: await goOn(own, act), said: null, answers: [] });
  for (const about of byAct(answers)) settled.push(await settle(own, about));
  const answered = new Set(answers.map(({ message }) => message));
  const pending = claim.pending.filter((message) => !answered.has(message));
  const language = likelyLanguage(claim);
  const reply = replyAbout(settled, { claim, language, asksAgain: pending.length === 0 });
  turn.journal.note({ rung: "fixed", language: reply.language, decidedBy: "default" });
  return { reply, rest: pending.length === 0 ? null : restOf(claim, { answered, pending, reply }) };
}

/** Executed by a process that died, or decided by an operator, and nobody has been told. */
const isLeft = ({ state, decided, told }: Act): boolean =>
  state === "executing" || (decided && !told && state !== "awaiting_approval");

const goOn = (turn: ActTurn, act: Act): Promise<Act> =>
  act.state === "executing" || act.state === "confirmed"
    ? takeAnswer(turn, act, { answer: answerTo(turn, act, "yes"), messageId: act.answeredBy })
    : Promise.resolve(act);

/** Answers by their act, each act once; those to no act of this conversation count as one. */
function byAct(answers: readonly ActAnswer[]): ActAnswer[][] {
  const groups = new Map<string | null, ActAnswer[]>();
  for (const answer of answers) {
    const id = answer.act?.id ?? null;
    groups.set(id, [...(groups.get(id) ?? []), answer]);
  }
  return [...groups.values()];
}

async function settle(turn: ActTurn, answers: readonly ActAnswer[]): Promise<Settled> {
  // Who says no to what they have just confirmed is believed: nothing was done yet.
  const answer = answers.find(({ button }) => button === "no") ?? answers.at(-1);
  if (!answer?.act) return { act: null, said: null, answers };
  const { act, button, message } = answer;
  if (button !== "yes" && button !== "no") return { act, said: button, answers };
  const now = await takeAnswer(turn, act, { answer: answerTo(turn, act, button), messageId: message.id });
  return { act: now, said: button, answers };
}

/** What was begun goes on, whatever is said or has changed since. */
function answerTo({ claim }: ActTurn, act: Act, button: "yes" | "no"): "yes" | "no" | "changed" {
  if (act.state === "executing") return "yes";
  if (button === "no") return "no";
  return isDeclared(act.declared, claim.tenant.tools) ? "yes" : "changed";
}

/** The claim as if the answers were answered. */
export function restOf(
  claim: Claim,
  {
    answered,
    pending,
    reply,
  }: { answered: ReadonlySet<StoredMessage>; pending: StoredMessage[]; reply: Reply },
): Claim {
  const said: StoredMessage = {
    ...{ id: crypto.randomUUID(), direction: "out", waMessageId: null, type: "text", text: reply.markdown },
    ...{ content: null, about: null, reading: null, quoted: null, opt: null },
    timestampMs: claim.pending.at(-1)?.timestampMs ?? 0,
  };
  return { ...claim, pending, history: [...claim.history, ...answered, said] };
}

/** A reply about acts, and the reply to the rest behind it. */
export function joined(about: Reply, rest: Reply | null): Reply {
  if (!rest) return about;
  const language: Language = rest.language;
  const asks = rest.extra !== null || rest.act ? rest : about;
  return {
    ...rest,
    language,
    markdown: `${about.markdown}\n\n${rest.markdown}`,
    extra: asks.extra,
    act: asks.act ?? null,
    handoff: about.handoff ?? rest.handoff,
    actsTold: about.actsTold ?? [],
  };
}
