import { createTeardown } from "../../host/machine/lifecycle.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { costUsd, type Usage } from "../../lib/turn/state/cost.ts";
import { grid, round } from "../table.ts";
import { SECRET } from "../webhook/load.ts";
import { type Part, startPart } from "../webhook/process.ts";
import { MIX, phoneOf } from "./mix.ts";
import { sum, usageOf } from "./tokens.ts";
import type { Exchange } from "./wire.ts";
import { startWorld, type World } from "./world.ts";

const MESSAGES = sum(MIX.map((conversation) => conversation.length - 1));
/** From 14 January 2027 on, when GPT-4o and GPT-4o mini have left the service. */
const SUCCESSOR = { INTENT_MODEL: "gpt-6-luna", REPLY_MODEL: "gpt-6-luna", FALLBACK_MODEL: "gpt-6-luna" };
const ECONOMY = { REPLY_MODEL: "gpt-4o-mini" };
/** Cost limit of 1,000 messages in the economy profile. */
const ECONOMY_LIMIT_USD = 0.5;

interface Profile {
  name: string;
  settings: Record<string, string>;
  limitUsd: number | null;
}

const PROFILES: readonly Profile[] = [
  { name: "as configured (gpt-4o replies)", settings: {}, limitUsd: null },
  { name: "the same, INTENT_FAST_PATH=off", settings: { INTENT_FAST_PATH: "off" }, limitUsd: null },
  { name: "economy (REPLY_MODEL=gpt-4o-mini)", settings: ECONOMY, limitUsd: ECONOMY_LIMIT_USD },
  {
    name: "the same, INTENT_FAST_PATH=off",
    settings: { ...ECONOMY, INTENT_FAST_PATH: "off" },
    limitUsd: ECONOMY_LIMIT_USD,
  },
  { name: "successor (gpt-6-luna in all roles)", settings: SUCCESSOR, limitUsd: null },
];

/** Token cost of 1,000 messages, counted in the bot's requests while it answers the mix in each profile. */
export default async function cost(): Promise<string> {
  const teardown = createTeardown();
  try {
    // One business number per profile: the same customers write to all, and conversations stay separate.
    const numbers = PROFILES.map((_, index) => String(100_000_000_000_001 + index));
    const world = await startWorld(numbers, teardown);
    const played: Exchange[][] = [];
    for (const [index, profile] of PROFILES.entries())
      played.push(await playMix(numbers[index] ?? "", profile, world));
    const head = ["profile", "model calls a message", "input tokens a message", "output tokens a message"];
    const lines = PROFILES.map((profile, index) => line(profile, played[index] ?? []));
    const all = [[...head, "USD per 1,000 messages", "limit", "sorted without a model"], ...lines];
    return `${grid(all)}\n\n${note(played.flat())}`;
  } finally {
    await teardown.run();
  }
}

/** Assumptions behind the figures. */
function note(exchanges: readonly Exchange[]): string {
  const replies = exchanges.filter(isReply).map((exchange) => usageOf(exchange).outputTokens);
  return `${MESSAGES} messages (bench/cost/mix.ts), each answered before the next. Tokens of o200k_base in the requests as they were sent:
system prompt, history, results of tools, and the JSON of tools and schemas, which OpenAI converts to a text of its own. The replies
are the offline model's, ${round(sum(replies) / replies.length)} tokens on average. OpenAI's discount for cached prompts is not applied.`;
}

/** True for a text to the customer: neither an intent nor a tool call. */
const isReply = ({ request, answer }: Exchange): boolean => !request.response_format && !answer.tool_calls;

async function playMix(phoneNumberId: string, profile: Profile, world: World): Promise<Exchange[]> {
  const bot = await startPart("chasqui", "", {
    ...world.environment,
    WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
    ...profile.settings,
  });
  try {
    const longest = Math.max(...MIX.map((conversation) => conversation.length));
    for (let place = 1; place < longest; place++) {
      const texts = MIX.flatMap((conversation, index): Text[] => {
        const text = conversation[place];
        return text === undefined ? [] : [{ text, from: phoneOf(conversation, index) }];
      });
      await say(texts, phoneNumberId, bot, world);
    }
    return world.wire.taken();
  } finally {
    await bot.stop();
  }
}

interface Text {
  from: string;
  text: string;
}

/** Sends each text from its customer; resolves when all are answered. */
async function say(
  texts: readonly Text[],
  phoneNumberId: string,
  bot: Part,
  { graph }: World,
): Promise<void> {
  const before = graph.sent.length;
  const sending = texts.map((text) => {
    const message = { ...text, phoneNumberId, name: "Ana", waMessageId: newWaMessageId() };
    const body = textWebhook({ ...message, timestampMs: Date.now() });
    return deliverWebhook(`${bot.url}/api/whatsapp/webhook`, body, SECRET);
  });
  await Promise.all(sending);
  // Called because it waits for the end of the background work.
  await bot.counters();
  const answered = new Set(graph.sent.slice(before).map(({ phone }) => phone));
  const unanswered = texts.find(({ from }) => !answered.has(from));
  if (unanswered)
    throw new Error(
      `"${unanswered.text}" was not answered; a conversation in the mix must end with a handoff`,
    );
}

function line({ name, limitUsd }: Profile, exchanges: readonly Exchange[]): string[] {
  const usages = exchanges.map(usageOf);
  const usd = ((costUsd(usages) ?? Number.NaN) * 1_000) / MESSAGES;
  const perMessage = (pick: (usage: Usage) => number) => round(sum(usages.map(pick)) / MESSAGES);
  const classified = exchanges.filter(({ request }) => request.response_format).length;
  return [
    name,
    (exchanges.length / MESSAGES).toFixed(2),
    perMessage(({ inputTokens }) => inputTokens),
    perMessage(({ outputTokens }) => outputTokens),
    usd.toFixed(2),
    limitUsd === null ? "" : `${usd < limitUsd ? "within" : "OVER"} ${limitUsd.toFixed(2)}`,
    `${Math.round((1 - classified / MESSAGES) * 100)} %`,
  ];
}
