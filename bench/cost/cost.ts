import { createTeardown } from "../../host/machine/lifecycle.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { costUsd, type Usage } from "../../lib/turn/state/cost.ts";
import { grid, round } from "../table.ts";
import { SECRET } from "../webhook/load.ts";
import { type Part, startPart } from "../webhook/process.ts";
import { MIX, phoneOf } from "./mix.ts";
import { cachedUsages, sum, usageOf } from "./tokens.ts";
import type { Exchange } from "./wire.ts";
import { discardedShare, startWorld, type World } from "./world.ts";

const MESSAGES = sum(MIX.map((conversation) => conversation.length - 1));
interface Profile {
  name: string;
  settings: Record<string, string>;
  /** Most that 1,000 messages may cost, without the cache of prompts. */
  limitUsd: number | null;
  /** The company answers mere greetings and thanks in fixed text. */
  courtesies?: true;
  /** The mix is played by other customers first, and what they cost is not counted. */
  again?: true;
}

const PROFILES: readonly Profile[] = [
  { name: "quality (gpt-4o), as configured", settings: {}, limitUsd: null },
  { name: "the same, REPLY_OVERLAP=off", settings: { REPLY_OVERLAP: "off" }, limitUsd: null },
  { name: "quality, INTENT_FAST_PATH=off", settings: { INTENT_FAST_PATH: "off" }, limitUsd: null },
  { name: "REPLY_MODEL=gpt-4o-mini", settings: { REPLY_MODEL: "gpt-4o-mini" }, limitUsd: 0.5 },
  { name: "MODEL_PROFILE=balanced", settings: { MODEL_PROFILE: "balanced" }, limitUsd: 1.5 },
  { name: "MODEL_PROFILE=economy (gpt-6-luna)", settings: { MODEL_PROFILE: "economy" }, limitUsd: 0.3 },
  {
    name: "the same, REPLY_OVERLAP=off",
    ...{ settings: { MODEL_PROFILE: "economy", REPLY_OVERLAP: "off" }, limitUsd: 0.3 },
  },
  ...(["quality", "balanced", "economy"] as const).flatMap((profile): Profile[] => {
    const thrifty = { limitUsd: null, courtesies: true } as const;
    const settings = { MODEL_PROFILE: profile };
    return [
      { name: `${profile}, courtesies`, settings, ...thrifty },
      {
        name: `${profile}, courtesies, asked before, ANSWER_CACHE=on`,
        settings: { ...settings, ANSWER_CACHE: "on" },
        ...{ ...thrifty, again: true },
      },
    ];
  }),
];

/** Token cost of 1,000 messages, counted in the bot's requests while it answers the mix in each profile. */
export default async function cost(): Promise<string> {
  const teardown = createTeardown();
  try {
    // One business number per profile: the same customers write to all, and conversations stay separate.
    const numbers = PROFILES.map(({ courtesies = false }, index) => ({
      phoneNumberId: String(100_000_000_000_001 + index),
      courtesies,
    }));
    const world = await startWorld(numbers, teardown);
    const played: Played[] = [];
    for (const [index, profile] of PROFILES.entries())
      played.push(await playMix(numbers[index]?.phoneNumberId ?? "", profile, world));
    const head = ["profile", "model calls a message", "input tokens a message", "output tokens a message"];
    const usd = ["USD per 1,000 messages", "limit", "with the cache of prompts", "input from the cache"];
    const lines = PROFILES.map((profile, index) => line(profile, played[index]));
    const shares = ["sorted without a model", "of the bill, not wanted"];
    return `${grid([[...head, ...usd, ...shares], ...lines])}\n\n${note(played)}`;
  } finally {
    await teardown.run();
  }
}

/** What a profile's run was made of. */
interface Played {
  exchanges: Exchange[];
  /** Messages that WhatsApp was sent. */
  sent: number;
  /** Share of the cost that went into answers which were not wanted. */
  discarded: number;
}

/** Assumptions behind the figures. */
function note(played: readonly Played[]): string {
  const replies = played
    .flatMap(({ exchanges }) => exchanges)
    .filter(isReply)
    .map((exchange) => usageOf(exchange).outputTokens);
  return `${MESSAGES} messages (bench/cost/mix.ts), each answered before the next. Tokens of o200k_base in the requests as they were sent:
system prompt, history, results of tools, and the JSON of tools and schemas, which OpenAI converts to a text of its own. The replies
are the offline model's, ${round(sum(replies) / replies.length)} tokens on average. With the cache: as OpenAI describes it, from 1,024 tokens on, at each model's
prices for reading and writing it, and as if nothing in it got too old, tools and schema standing before the messages.
Replies sent as several messages: ${sum(played.map(({ sent }) => sent - MESSAGES))} further messages in ${played.length * MESSAGES} replies.`;
}

/** True for a text to the customer: neither an intent nor a tool call. */
const isReply = ({ request, answer }: Exchange): boolean => !request.response_format && !answer.tool_calls;

async function playMix(phoneNumberId: string, profile: Profile, world: World): Promise<Played> {
  const bot = await startPart("chasqui", "", {
    ...world.environment,
    WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
    ...profile.settings,
  });
  try {
    if (profile.again) await play(MIX.length, phoneNumberId, bot, world);
    world.wire.taken();
    const before = world.graph.sent.length;
    await play(0, phoneNumberId, bot, world);
    const [exchanges, sent] = [world.wire.taken(), world.graph.sent.length - before];
    return { exchanges, sent, discarded: await discardedShare(world.sql, phoneNumberId) };
  } finally {
    await bot.stop();
  }
}

/** Plays the mix once, by the customers from this one on. */
async function play(first: number, phoneNumberId: string, bot: Part, world: World): Promise<void> {
  const longest = Math.max(...MIX.map((conversation) => conversation.length));
  for (let place = 1; place < longest; place++) {
    const texts = MIX.flatMap((conversation, index): Text[] => {
      const text = conversation[place];
      return text === undefined ? [] : [{ text, from: phoneOf(conversation, first + index) }];
    });
    await say(texts, phoneNumberId, bot, world);
  }
}

const AT_ONCE = 6;

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
  const send = (text: Text) => {
    const message = { ...text, phoneNumberId, name: "Ana", waMessageId: newWaMessageId() };
    const body = textWebhook({ ...message, timestampMs: Date.now() });
    return deliverWebhook(`${bot.url}/api/whatsapp/webhook`, body, SECRET);
  };
  // A few at a time, or a busy machine has statements time out.
  for (let at = 0; at < texts.length; at += AT_ONCE)
    await Promise.all(texts.slice(at, at + AT_ONCE).map(send));
  // Called because it waits for the end of the background work.
  await bot.counters();
  const answered = new Set(graph.sent.slice(before).map(({ phone }) => phone));
  const unanswered = texts.find(({ from }) => !answered.has(from));
  if (unanswered)
    throw new Error(
      `"${unanswered.text}" was not answered; a conversation in the mix must end with a handoff`,
    );
}

function line({ name, limitUsd }: Profile, played: Played | undefined): string[] {
  const { exchanges = [], discarded = 0 } = played ?? {};
  const usages = exchanges.map(usageOf);
  const cached = cachedUsages(exchanges);
  const perThousand = (all: readonly Usage[]) => ((costUsd(all) ?? Number.NaN) * 1_000) / MESSAGES;
  const usd = perThousand(usages);
  const share =
    sum(cached.map(({ cachedTokens = 0 }) => cachedTokens)) /
    sum(cached.map(({ inputTokens }) => inputTokens));
  const perMessage = (pick: (usage: Usage) => number) => round(sum(usages.map(pick)) / MESSAGES);
  const classified = exchanges.filter(({ request }) => request.response_format).length;
  return [
    name,
    (exchanges.length / MESSAGES).toFixed(2),
    perMessage(({ inputTokens }) => inputTokens),
    perMessage(({ outputTokens }) => outputTokens),
    usd.toFixed(2),
    limitUsd === null ? "" : `${usd <= limitUsd ? "within" : "OVER"} ${limitUsd.toFixed(2)}`,
    perThousand(cached).toFixed(2),
    `${Math.round(share * 100)} %`,
    `${Math.round((1 - classified / MESSAGES) * 100)} %`,
    `${(discarded * 100).toFixed(1)} %`,
  ];
}
