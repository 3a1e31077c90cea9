/** The part with which many prompts begin alike, so that a service need not read it anew each time. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { LanguageModelMiddleware, SystemModelMessage } from "ai";

type Prompt = Parameters<NonNullable<LanguageModelMiddleware["wrapGenerate"]>>[0]["params"]["prompt"];
type Message = Prompt[number];

/** A system prompt of which the beginning, `prefix`, is that of other customers' prompts too. */
export const systemPrompt = (prefix: string, rest: string): SystemModelMessage => ({
  role: "system",
  content: prefix + rest,
  providerOptions: { chasqui: { prefixLength: prefix.length } },
});

/** True for a system prompt whose prefix is known. */
const hasPrefix = (message: Message): boolean => prefixLength(message) > 0;

/** The same message, of which no prefix is known. */
export function withoutPrefix(message: Message): Message {
  const { chasqui: _, ...others } = message.providerOptions ?? {};
  return hasPrefix(message) ? { ...message, providerOptions: others } : message;
}

const prefixLength = ({ role, providerOptions }: Message): number => {
  const length = role === "system" ? providerOptions?.chasqui?.prefixLength : undefined;
  return typeof length === "number" ? length : 0;
};

/**
 * A prompt for models that keep ready what is marked: the prefix as a message of its own with a mark at its end, and the options that
 * keep the rest, which no other request has, out of the cache. Without a prefix nothing is marked.
 */
export function markedPrefix(prompt: Prompt) {
  const at = prompt.findIndex(hasPrefix);
  const message = prompt[at];
  if (message?.role !== "system") return { prompt, options: NOTHING_ELSE };
  const prefix = message.content.slice(0, prefixLength(message));
  const rest = message.content.slice(prefix.length);
  const marked: Message = {
    role: "system",
    content: prefix,
    providerOptions: { openai: { promptCacheBreakpoint: { mode: "explicit" } } },
  };
  const split: Message[] = [marked, ...(rest === "" ? [] : [{ role: "system", content: rest } as const])];
  return {
    prompt: [...prompt.slice(0, at), ...split, ...prompt.slice(at + 1)],
    options: { ...NOTHING_ELSE, promptCacheKey: keyOf(prefix) },
  };
}

const NOTHING_ELSE = { promptCacheOptions: { mode: "explicit" } } as const;

/** Leads requests with one prefix to one place of the service's cache. */
const keyOf = (prefix: string): string => bytesToHex(sha256(utf8ToBytes(prefix))).slice(0, 32);
