import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { ModelMessage } from "ai";
import { boundedInteger, cleanText } from "../../json/clean.ts";
import { keepEnds } from "../../language/ends.ts";
import type { Clock } from "../../types/clock.ts";
import { type Exchange, type KeptExchanges, LOCAL_TIME, type Saying } from "../../types/turn/exchanges.ts";
import type { Call } from "./exchanges.ts";
import { fairShare } from "./tokens.ts";

/** Makes of the exchanges of a turn what is kept of them. */
export interface ExchangeKeeper {
  /** Null without any. */
  pack(tenantId: string, calls: readonly Call[]): KeptExchanges | null;
  /** The store has these: their prompts need not be sent again. */
  stored(tenantId: string, kept: KeptExchanges): void;
}

/** Characters kept of one saying, and of all of a turn. */
const MAX_SAYING = 4_000;
const MAX_SAYINGS = 24_000;
const MAX_PROMPT = 16_000;
const MAX_NAME = 64;
const MAX_TOOLS = 32;
/** Prompts that are known to be stored: some for each intent and language of a company. */
const MAX_KNOWN = 500;
/** Prompts whose key is remembered: within a minute, turns of one intent and language are given the same. */
const MAX_KEYED = 64;
const WEEK_MS = 7 * 86_400_000;

/**
 * Keeps exchanges bounded, and each system prompt once a week: its key holds the week, so that an old one can be purged by its age alone. What
 * is stored already is remembered, so that a turn seldom sends a prompt's text.
 */
export function createExchangeKeeper({ now }: Pick<Clock, "now">): ExchangeKeeper {
  const known = new Set<string>();
  const keyed = new Map<string, Kept>();
  const keptOf = (week: number, { asked: { prompt, localTime } }: Call): Kept => {
    const name = `${week} ${localTime} ${prompt}`;
    const kept = keyed.get(name) ?? keptPrompt(week, prompt, localTime);
    if (keyed.size >= MAX_KEYED) keyed.clear();
    keyed.set(name, kept);
    return kept;
  };
  return {
    pack(tenantId, calls) {
      if (calls.length === 0) return null;
      const week = Math.floor(now() / WEEK_MS);
      const prompts: Record<string, string> = {};
      const packed: Exchange[] = [];
      const sayings = calls.map(sayingsOf);
      const share = shareOf(sayings);
      for (const [place, call] of calls.entries()) {
        const { key: prompt, text } = keptOf(week, call);
        if (!known.has(`${tenantId} ${prompt}`)) prompts[prompt] = text;
        const { sent, said } = sayings[place] ?? NOTHING;
        packed.push({
          ...exchangeOf(call),
          prompt,
          sent: sent.map(within(share)),
          said: said.map(within(share)),
        });
      }
      return { prompts, calls: packed };
    },
    stored(tenantId, { prompts }) {
      for (const key of Object.keys(prompts)) {
        const [oldest] = known;
        if (known.size >= MAX_KNOWN && oldest !== undefined) known.delete(oldest);
        known.add(`${tenantId} ${key}`);
      }
    },
  };
}

interface Sayings {
  sent: Saying[];
  said: Saying[];
}

const NOTHING: Sayings = { sent: [], said: [] };

const sayingsOf = ({ asked, told }: Call): Sayings => ({
  sent: [
    ...(asked.facts.trim() === "" ? [] : [{ role: "system" as const, text: asked.facts.trim() }]),
    ...asked.messages.flatMap(sayingsIn),
  ],
  said: told
    ? [
        ...(told.text === "" ? [] : [{ role: "assistant" as const, text: told.text }]),
        ...told.toolCalls.map(({ toolName, input }) => call(toolName, input)),
      ]
    : [],
});

/** The longest that each saying may be so that all fit. */
function shareOf(sayings: readonly Sayings[]): number {
  const sizes = sayings.flatMap(({ sent, said }) => [...sent, ...said].map(({ text }) => text.length));
  return Math.min(MAX_SAYING, fairShare(sizes, MAX_SAYINGS));
}

const within =
  (most: number) =>
  ({ text, tool, ...saying }: Saying): Saying => ({
    ...saying,
    text: cleanText(keepEnds(text, most), most),
    ...(tool !== undefined && { tool: cleanText(tool, MAX_NAME) }),
  });

/** A message of the AI SDK by role; a picture is named with its size. */
function sayingsIn(message: ModelMessage): Saying[] {
  const { role, content } = message;
  if (typeof content === "string") return [{ role, text: content }];
  return content.flatMap((part): Saying[] => {
    switch (part.type) {
      case "text":
      case "reasoning":
        return [{ role, text: part.text }];
      case "image":
        return [{ role, text: pictureOf(part) }];
      case "tool-call":
        return [call(part.toolName, part.input)];
      case "tool-result":
        return [{ role: "tool", tool: part.toolName, text: outputOf(part.output) }];
      default:
        return [];
    }
  });
}

const call = (tool: string, input: unknown): Saying => ({
  role: "assistant",
  tool,
  text: JSON.stringify(input ?? null),
});

function pictureOf({ image, mediaType }: { image: unknown; mediaType?: string | undefined }): string {
  const kilobytes = image instanceof Uint8Array ? `, ${Math.ceil(image.byteLength / 1024)} KB` : "";
  return `[${mediaType ?? "image"}${kilobytes}]`;
}

const outputOf = (output: object): string =>
  "value" in output && typeof output.value === "string"
    ? output.value
    : JSON.stringify("value" in output ? output.value : null);

function exchangeOf({ asked, told, ms, error }: Call): Omit<Exchange, "prompt" | "sent" | "said"> {
  const { of, rung, localTime, continues, tools } = asked;
  return {
    ...{ of, rung, continues, ms, error },
    model: cleanText(told?.model ?? asked.model, MAX_NAME),
    localTime: localTime === null ? null : cleanText(localTime, MAX_NAME * 4),
    tools: tools.slice(0, MAX_TOOLS).map((name) => cleanText(name, MAX_NAME)),
    inputTokens: boundedInteger(told?.usage?.inputTokens),
    outputTokens: boundedInteger(told?.usage?.outputTokens),
  };
}

/** A prompt as it is kept. */
interface Kept {
  /** 16 bytes of a hash. */
  key: string;
  text: string;
}

function keptPrompt(week: number, prompt: string, localTime: string | null): Kept {
  const lasting = localTime === null ? prompt : prompt.replaceAll(localTime, LOCAL_TIME);
  const text = cleanText(lasting, MAX_PROMPT);
  return { key: bytesToHex(sha256(utf8ToBytes(`${week}\n${text}`)).subarray(0, 16)), text };
}
