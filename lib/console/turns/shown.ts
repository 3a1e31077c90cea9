import type {
  ExchangeView,
  SayingView,
  SeenTurn,
  TurnMessage,
  Words,
} from "../../../contracts/console/turns.ts";
import { OBJECTIVES } from "../../insight/objectives.ts";
import type { StoredReply, StoredTurn } from "../../types/console/turns.ts";
import type { StoredMessage } from "../../types/conversation.ts";
import { type Exchange, LOCAL_TIME, type Saying } from "../../types/turn/exchanges.ts";
import { describeMessage } from "../../whatsapp/inbound/describe/describe.ts";

/** A turn as the page shows it: with words, or for viewers with their lengths alone. */
export function shownTurn(stored: StoredTurn, withWords: boolean): SeenTurn {
  const { tenantId: _, calls, prompts, asked, replies, toolCalls, ...turn } = stored;
  const words = withWords ? wordsOf : lengthOf;
  const { ack = null, wait = null, ...stagesMs } = stored.stagesMs;
  return {
    ...turn,
    ...{ stagesMs, ackMs: ack, waitMs: wait, withWords },
    targets: TARGETS,
    toolCalls: withWords ? toolCalls : toolCalls.map((call) => ({ ...call, input: null, output: null })),
    asked: asked.map((message) => shownMessage(message, words(describeMessage(message)))),
    replies: replies.map((message) => shownMessage(message, words(message.text ?? ""))),
    exchanges: calls?.map((call) => shownExchange(call, prompts, words)) ?? null,
  };
}

const TARGETS: SeenTurn["targets"] = {
  webhookMs: OBJECTIVES.webhook.limitMs,
  intentMs: OBJECTIVES.intent.limitMs,
  replyMs: OBJECTIVES.reply.limitMs,
  waitMs: OBJECTIVES.wait.limitMs,
};

type ToWords = (text: string) => Words;

const wordsOf: ToWords = (text) => ({ text, characters: [...text].length });
const lengthOf: ToWords = (text) => ({ text: null, characters: [...text].length });

const shownMessage = (message: StoredMessage | StoredReply, words: Words): TurnMessage => ({
  ...words,
  ...{ id: message.id, type: message.type, at: message.timestampMs },
  state: "state" in message ? message.state : null,
  metaCodes: "state" in message ? message.metaCodes : [],
});

function shownExchange(
  { localTime, prompt, sent, said, ...call }: Exchange,
  prompts: StoredTurn["prompts"],
  words: ToWords,
): ExchangeView {
  const saying = ({ role, tool, text }: Saying): SayingView => ({ role, tool: tool ?? null, ...words(text) });
  return {
    ...call,
    prompt: promptOf(prompts[prompt], localTime, words),
    ...{ sent: sent.map(saying), said: said.map(saying) },
  };
}

function promptOf(text: string | undefined, localTime: string | null, words: ToWords): Words | null {
  if (text === undefined) return null;
  return words(localTime === null ? text : text.replaceAll(LOCAL_TIME, () => localTime));
}
