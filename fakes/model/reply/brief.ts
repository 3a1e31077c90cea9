import type { IntentName } from "../../../lib/intents/table.ts";
import { guessLanguage } from "../../../lib/language/guess.ts";
import type { Language } from "../../../lib/types/company.ts";
import type { ChatMessage, ParsedRequest } from "../protocol/request.ts";
import { type Marked, readMarks } from "./marks.ts";

/** Facts that the offline model reads from a request, as a large model would from the prompt. */
export interface Brief {
  company: string;
  language: Language;
  customerName: string | null;
  intent: IntentName | null;
  /** The classifier's or the reply's instructions. */
  system: string;
  /** The company's date, where the instructions tell it. */
  today: string;
  /** The customer's messages before these words, oldest first. */
  earlier: string[];
  /** The customer's words since the last reply, without the marks of message kinds. */
  text: string;
  /** Everything else they sent with or instead of words. */
  sent: Marked;
  /** Number of pictures. */
  images: number;
  /** The reply before these words. */
  lastReply: string;
  /** Results of tools called since, newest last. */
  results: { tool: string; result: unknown }[];
}

/** Reads the system prompt (`lib/intents/prompts.ts`) and the conversation. */
export function readBrief({ messages: given }: ParsedRequest): Brief {
  const messages = withSystem(given);
  const system = messages
    .filter(({ role }) => role === "system" || role === "developer")
    .map(({ text }) => text)
    .join("\n");
  const lastAt = messages.findLastIndex(({ role }) => role === "user");
  const firstAt = messages.slice(0, lastAt).findLastIndex(({ role }) => role !== "user") + 1;
  const last = messages.slice(firstAt, lastAt + 1);
  const sent = readMarks(wordsOf(last));
  const { words: text } = sent;
  const earlier = readMarks(wordsOf(messages.slice(0, firstAt))).words;
  const hints = { phone: null, company: readLanguage(system) };
  const known = earlier === "" ? null : guessLanguage(earlier, { ...hints, known: null });
  const named = /^Intent: (\w+)$/m.exec(system)?.[1];
  return {
    company: /^Name: (.+)$/m.exec(system)?.[1] ?? "la tienda",
    language: guessLanguage(text, { ...hints, known: /^Language: /m.test(system) ? hints.company : known }),
    customerName:
      /^【profile name: ([^】 ]+)[^】]*】$/m.exec(
        messages.find(({ role }) => role === "user")?.text ?? "",
      )?.[1] ?? null,
    intent: named ?? null,
    system,
    today:
      /^Local time of the company: \w+ (\d{4}-\d{2}-\d{2})/m.exec(system)?.[1] ??
      new Date().toISOString().slice(0, 10),
    earlier: messages
      .slice(0, firstAt)
      .filter(({ role }) => role === "user")
      .map(({ text: said }) => readMarks(said).words),
    text,
    sent,
    images: last.reduce((sum, { images }) => sum + images.length, 0),
    lastReply: messages.slice(0, firstAt).findLast(({ role }) => role === "assistant")?.text ?? "",
    results: [...lookedUp(system), ...readResults(messages.slice(lastAt + 1))],
  };
}

/** Instructions that stand before the customer's first words, as a message of their own. */
function withSystem([first, ...others]: readonly ChatMessage[]): ChatMessage[] {
  if (!first) return [];
  const [instructions = "", words] = first.text.split(/\s*【the conversation begins】\s*/);
  if (words === undefined) return [first, ...others];
  return [{ ...first, role: "system", text: instructions, images: [] }, { ...first, text: words }, ...others];
}

function wordsOf(messages: readonly ChatMessage[]): string {
  return messages
    .filter(({ role }) => role === "user")
    .map(({ text }) => text)
    .join("\n");
}

// In the reply prompt "Language: Spanish (es)."; in the classifier's "…, else es."
function readLanguage(system: string): Language {
  const code = /^Language: .*\((es|en|pt)\)|\belse (es|en|pt)\./m.exec(system);
  const language = code?.[1] ?? code?.[2];
  return language === "en" || language === "pt" ? language : "es";
}

/** What the bot looked up itself. */
function lookedUp(system: string): Brief["results"] {
  const found = /^Looked up for this message:\n(\{.*)$/m.exec(system)?.[1];
  return found === undefined ? [] : [{ tool: "lookup", result: parsed(found) }];
}

function readResults(messages: readonly ChatMessage[]): Brief["results"] {
  const names = new Map(
    messages.flatMap(({ toolCalls }) => toolCalls.map(({ id, name }) => [id, name] as const)),
  );
  return messages
    .filter(({ role }) => role === "tool")
    .map(({ text, toolCallId }) => ({ tool: names.get(toolCallId ?? "") ?? "", result: parsed(text) }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
