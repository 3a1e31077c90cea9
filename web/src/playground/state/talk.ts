import type { ChatMessage } from "../../../../contracts/chat.ts";
import type { AnswerInput, Pretend, Said, Side } from "../../../../contracts/console/playground.ts";
import { request } from "../../console/client/api.ts";
import { tenantPath } from "../../console/client/use-api.ts";
import { KeyedStore, useKeyed } from "../../console/outbox/store.ts";
import { type AnswerState, emptyAnswer, withPart } from "./answer-state.ts";
import { failureOf, follow } from "./follow.ts";

/** One question and its answers: one, or two beside each other. */
export interface Exchange {
  id: string;
  /** Null: the question of the replayed turn. */
  said: Said | null;
  at: number;
  customer: Pretend;
  /** What was said before, as it was sent with the question. */
  history: Said[];
  answers: AnswerState[];
  /** The answer with which the conversation goes on. */
  kept: number;
}

/** A conversation with the bot. It lives as long as the page: nothing of it is stored. */
export interface Talk {
  customer: Pretend;
  sides: Side[];
  exchanges: Exchange[];
  /** What stands in the box. */
  words: string;
}

export const LIVE: Side = { model: null, version: "live" };
const EMPTY: Talk = {
  customer: { name: null, language: null, phone: null },
  sides: [LIVE],
  exchanges: [],
  words: "",
};
/** As much as the server reads of what was said before. */
const MAX_HISTORY = 10;

const talks = new KeyedStore<Talk>(EMPTY);
const running = new Map<string, AbortController>();

/** Where a conversation is kept, and what is asked in it. */
export interface TalkRef {
  tenantId: string;
  /** Turn that is replayed; null: a conversation of one's own. */
  turnId: string | null;
}

const keyOf = ({ tenantId, turnId }: TalkRef): string => `${tenantId} ${turnId ?? ""}`;

/** The conversation, in a component. */
export const useTalk = (ref: TalkRef): Talk => useKeyed(talks, keyOf(ref));

/** Changes the customer, the sides or the words in the box. */
export const changeTalk = (ref: TalkRef, change: Partial<Talk>): void =>
  talks.change(keyOf(ref), (talk) => ({ ...talk, ...change }));

/** Begins anew with the same customer and sides. */
export function startOver(ref: TalkRef): void {
  stop(ref);
  changeTalk(ref, { exchanges: [] });
}

/** Asks the bot on every side. The words in the box are taken away by `send` alone, once they stand in the conversation. */
export function ask(ref: TalkRef, said: Said | null): void {
  const talk = talks.get(keyOf(ref));
  const id = crypto.randomUUID();
  const exchange: Exchange = {
    ...{ id, said, at: Date.now(), customer: talk.customer, kept: 0 },
    history: historyOf(talk.exchanges),
    answers: talk.sides.map(emptyAnswer),
  };
  changeTalk(ref, { exchanges: [...talk.exchanges, exchange] });
  for (const place of exchange.answers.keys()) void answer(ref, exchange, place);
}

/** Asks one side again, as it was asked. */
export function retry(ref: TalkRef, exchange: Exchange, place: number): void {
  const before = exchange.answers[place];
  if (!before) return;
  note(ref, exchange.id, place, () => emptyAnswer(before.side));
  void answer(ref, exchange, place);
}

/** Ends all calls in progress: the server books what they used. */
export function stop(ref: TalkRef): void {
  for (const [key, each] of running) if (key.startsWith(`${keyOf(ref)} `)) each.abort();
}

/** Goes on with this answer. */
export const keep = (ref: TalkRef, exchangeId: string, kept: number): void =>
  changeExchange(ref, exchangeId, (exchange) => ({ ...exchange, kept }));

async function answer(ref: TalkRef, exchange: Exchange, place: number): Promise<void> {
  const side = exchange.answers[place]?.side;
  if (!side) return;
  const stopping = new AbortController();
  const key = `${keyOf(ref)} ${exchange.id} ${place}`;
  running.set(key, stopping);
  const change = (next: (now: AnswerState) => AnswerState) => note(ref, exchange.id, place, next);
  try {
    const path = tenantPath(ref.tenantId, "/playground/answers");
    const body = inputOf(ref, exchange, side);
    const response = await request(path, { body, signal: stopping.signal });
    await follow(response, (part) => change((now) => withPart(now, part)));
  } catch (error) {
    change((now) =>
      stopping.signal.aborted
        ? { ...now, state: "stopped" }
        : { ...now, state: "failed", failure: failureOf(error) },
    );
  } finally {
    if (running.get(key) === stopping) running.delete(key);
  }
}

function inputOf({ turnId }: TalkRef, { said, customer, history }: Exchange, side: Side): AnswerInput {
  if (said === null) return { ...side, of: "turn", turnId: turnId ?? "" };
  return { ...side, of: "pretend", customer, history, message: said };
}

/** What was said so far: of each exchange the question and the answer that was kept. */
function historyOf(exchanges: readonly Exchange[]): Said[] {
  const said = exchanges.flatMap(({ said: question, answers, kept }): Said[] => {
    const messages = answers[kept]?.answer?.messages ?? [];
    // A question that got no answer was not answered.
    return question === null || messages.length === 0 ? [] : [question, ...messages.map(saidBy)];
  });
  return said.slice(-MAX_HISTORY);
}

const saidBy = ({ text }: ChatMessage): Said => ({ direction: "out", text: text ?? "", tap: null });

const note = (ref: TalkRef, id: string, place: number, next: (now: AnswerState) => AnswerState): void =>
  changeExchange(ref, id, (exchange) => ({
    ...exchange,
    answers: exchange.answers.map((each, at) => (at === place ? next(each) : each)),
  }));

function changeExchange(ref: TalkRef, id: string, next: (exchange: Exchange) => Exchange): void {
  talks.change(keyOf(ref), (talk) => ({
    ...talk,
    exchanges: talk.exchanges.map((exchange) => (exchange.id === id ? next(exchange) : exchange)),
  }));
}

/** True while an answer is being written. */
export const isAnswering = ({ exchanges }: Talk): boolean =>
  exchanges.some(({ answers }) => answers.some(({ state }) => state === "streaming"));
