import { costUsd, type Usage } from "../lib/turn/cost.ts";
import { createTeardown } from "../local/lifecycle.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../local/meta-webhook.ts";
import { MIX, phoneOf } from "./cost-mix.ts";
import { sum, usageOf } from "./cost-tokens.ts";
import type { Exchange } from "./cost-wire.ts";
import { startWorld, type World } from "./cost-world.ts";
import { grid, round } from "./table.ts";
import { SECRET } from "./webhook-load.ts";
import { type Part, startPart } from "./webhook-process.ts";

const ECONOMY = { REPLY_MODEL: "gpt-4o-mini" };
/** What 1,000 messages of the economy profile may cost. */
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
];

/** What 1,000 messages cost in tokens, counted in the requests that the bot makes while it plays the mix in each profile. */
export default async function cost(): Promise<string> {
  const teardown = createTeardown();
  try {
    // A business number each: the same customers write to all, and none remembers what was said to another.
    const numbers = PROFILES.map((_, index) => String(100_000_000_000_001 + index));
    const world = await startWorld(numbers, teardown);
    const lines: string[][] = [];
    for (const [index, profile] of PROFILES.entries())
      lines.push(line(profile, await playMix(numbers[index] ?? "", profile, world)));
    const head = ["profile", "model calls a message", "input tokens a message", "output tokens a message"];
    return `${grid([[...head, "USD per 1,000 messages", "limit", "sorted without a model"], ...lines])}\n\n${NOTE}`;
  } finally {
    await teardown.run();
  }
}

const MESSAGES = sum(MIX.map((conversation) => conversation.length - 1));

const NOTE = `${MESSAGES} messages (bench/cost-mix.ts), each a turn of its own. Tokens of o200k_base, in the requests as they were sent: system
prompt, history, results of tools, and the JSON of tools and schemas, of which OpenAI makes a shorter text. The replies are the
offline model's, which are about as long as the prompt asks for. Nothing is taken off for OpenAI's prompt caching.`;

async function playMix(phoneNumberId: string, profile: Profile, world: World): Promise<Exchange[]> {
  const bot = await startPart("chasqui", "", {
    ...world.environment,
    WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
    ...profile.settings,
  });
  try {
    for (const [index, conversation] of MIX.entries()) {
      const [, ...texts] = conversation;
      const from = phoneOf(conversation, index);
      for (const text of texts) await say(text, { phoneNumberId, from, name: "Ana" }, bot, world);
    }
    return world.wire.taken();
  } finally {
    await bot.stop();
  }
}

/** Writes to the bot; resolves when it has answered. */
async function say(
  text: string,
  from: { phoneNumberId: string; from: string; name: string },
  bot: Part,
  { graph }: World,
): Promise<void> {
  const before = graph.sent.length;
  const body = textWebhook({ ...from, text, waMessageId: newWaMessageId(), timestampMs: Date.now() });
  const { status } = await deliverWebhook(`${bot.url}/api/whatsapp/webhook`, body, SECRET);
  // Asked only for what comes before the answer: the end of the background work.
  await bot.counters();
  if (status !== 200 || graph.sent.length !== before + 1)
    throw new Error(`"${text}": the webhook answered ${status}, the bot ${graph.sent.length - before} times`);
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
