import { createHash } from "node:crypto";
import type { ParsedRequest } from "../../fakes/model/protocol/request.ts";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { INTENTS } from "../../lib/intents/table.ts";
import { MESSAGES, type Message } from "./messages.ts";

/** Median times of a classification and of a call that replies, and how long their tails are: p95 at 2.3, p99 at 3.2 medians. */
const CLASSIFY_MS = 700;
const REPLY_MS = 1_200;
const SIGMA = 0.5;
/** A call that hangs takes so much longer. */
const HANG_MS = 10_000;

/** What the model was asked about one message in one mode. */
export interface Asked {
  classifications: number;
  /** Calls for a reply to what the message is about, and to anything else. */
  replies: number;
  unwanted: number;
  /** Repeated while the first was not answered, or made by another model besides. */
  further: number;
  /** Time that the calls of the reply took, the first of each. */
  replyMs: number;
  /** The model that was asked for the reply first. */
  writer: string | null;
}

/** A model that sorts as a person did and answers after as long as large models take: as long for the same call in each mode. */
export interface SlowModel extends OfflineModel {
  /** What was asked about each message since the last `taken`; from now on this share of the calls hangs. */
  taken(hanging: number): Map<Message, Asked>;
}

/** Starts it; `seed` decides how long each call takes. */
export async function startSlowModel(seed: number): Promise<SlowModel> {
  const messages = new Map(MESSAGES.map((message) => [message.text, message]));
  let asked = new Map<Message, Asked>();
  let calls = new Map<string, number>();
  let share = 0;
  const model = await startOfflineModel({
    fault(request) {
      const message = messages.get(request.messages.findLast(({ role }) => role === "user")?.text ?? "");
      if (!message) return { status: 500, body: { error: { message: "a message of no set" } } };
      const tally = asked.get(message) ?? noneAsked();
      asked.set(message, tally);
      const { key, about } = callOf(request, message);
      const copies = calls.get(key) ?? 0;
      calls.set(key, copies + 1);
      const name = `${seed} ${key} ${copies}`;
      const usualMs = logNormal(name, about === "intent" ? CLASSIFY_MS : REPLY_MS);
      const delayMs = usualMs + (uniform(`${name} hangs`, 0) < share ? HANG_MS : 0);
      if (about === message.intent) tally.writer ??= request.model;
      const isFurther = copies > 0 || (about === message.intent && request.model !== tally.writer);
      if (isFurther) tally.further += 1;
      else if (about === "intent") tally.classifications += 1;
      else if (about === message.intent) tally.replies += 1;
      else tally.unwanted += 1;
      if (about === message.intent && !isFurther) tally.replyMs += delayMs;
      if (about !== "intent") return { ...replyTo(request, about), delayMs };
      const { intent, language } = message;
      return { content: JSON.stringify({ intent, confidence: 0.95, language }), delayMs };
    },
  });
  return {
    ...model,
    taken(hanging) {
      share = hanging;
      const taken = asked;
      asked = new Map();
      calls = new Map();
      model.requests.length = 0;
      return taken;
    },
  };
}

const noneAsked = (): Asked => ({
  ...{ classifications: 0, replies: 0, unwanted: 0, further: 0, replyMs: 0 },
  writer: null,
});

/** What a large model would do: call the tool that it must call or whose result it needs, else answer. */
function replyTo({ messages, tools, toolChoice }: ParsedRequest, about: string): Reply {
  const called = messages.some(({ role }) => role === "tool");
  if (!called && typeof toolChoice === "object")
    return { toolCalls: [{ name: "handoff", arguments: '{"reason":"customer_request","summary":"…"}' }] };
  const { source } = INTENTS.find(({ name }) => name === about) ?? {};
  const lookedUp = messages.some(({ text }) => text.includes("Looked up for this message:"));
  if (called || lookedUp || source === undefined || !tools.includes("lookup"))
    return { content: "Claro que sí, con gusto te ayudo con eso." };
  const query = messages.at(-1)?.text ?? "";
  return { toolCalls: [{ name: "lookup", arguments: JSON.stringify({ source, query }) }] };
}

type Reply = { content: string } | { toolCalls: { name: string; arguments: string }[] };

/** A call's name, the same in each mode, and the intent that it replies to. */
function callOf({ kind, messages, model }: ParsedRequest, { text }: Message): { key: string; about: string } {
  if (kind === "classify") return { key: `${text} intent`, about: "intent" };
  const about = /^Intent: (\w+)$/m.exec(messages.map((each) => each.text).join("\n"))?.[1] ?? "";
  const steps = messages.filter(({ role }) => role === "tool").length;
  return { key: `${text} ${about} ${model} ${steps}`, about };
}

/** A time around the median, by the name of the call. */
function logNormal(name: string, medianMs: number): number {
  const normal = Math.sqrt(-2 * Math.log(uniform(name, 0))) * Math.cos(2 * Math.PI * uniform(name, 4));
  return medianMs * Math.exp(SIGMA * normal);
}

/** Between 0 and 1, by the name and a place in its hash. */
const uniform = (name: string, at: number): number =>
  (createHash("sha256").update(name).digest().readUInt32BE(at) + 0.5) / 2 ** 32;
