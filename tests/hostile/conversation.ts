import type { Fault } from "../../fakes/faults/faults.ts";
import type { ModelFaultRule } from "../../fakes/model/faults.ts";
import { voiceNote } from "../media/support.ts";
import { WORLD, type World } from "../support/world.ts";
import { hostileJson } from "./values.ts";

type Fields = Record<string, unknown>;

/** Input of every outside party in one conversation; a door replaces one of them with something hostile. */
export interface Script {
  /** Type of the customer's message: text or a file. */
  kind: "text" | "audio" | "document";
  /** Text of the message or of the document. */
  words: unknown;
  /** Fields of Meta's message, of the person beside it, and of the file in it. */
  message: Fields;
  contact: Fields;
  file: Fields;
  /** Of the file, when Meta is asked for it. */
  facts: Fields;
  transcript: Fields;
  classification: Fields;
  /** The tool that the model calls, and with what. */
  tool: unknown;
  arguments: Fields;
  reply: unknown;
  /** Fields of each chat completion. */
  completion: Fields;
  usage: Fields;
  order: Fields;
  /** The company's whole answer; absent: the order. */
  company?: unknown;
  /** Graph's first answer to the reply; absent: as it should be. */
  graph?: { status: number; headers?: Record<string, string>; body: unknown };
  /** Graph's answer to read marks; absent: as it should be. */
  typing?: unknown;
  /** The cache's answer about the message; absent: as it should be. */
  cache?: unknown;
  /** Fields of a status report that comes after the reply; absent: none but the usual. */
  status?: Fields;
}

const QUESTION = "¿Dónde está mi pedido 1042?";

/** A conversation in which nobody means harm. */
export const everyday = (): Script => ({
  kind: "text",
  words: QUESTION,
  message: {},
  contact: {},
  file: {},
  facts: {},
  transcript: { text: QUESTION },
  classification: { intent: "order_status", confidence: 0.9, language: "es" },
  tool: "lookup",
  arguments: { source: "orders", query: "1042" },
  reply: "Su pedido está en camino.",
  completion: {},
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  order: {
    number: "1042",
    status: "shipped",
    placedOn: "2026-05-02",
    items: [{ name: "Poncho", quantity: 1 }],
    total: "S/ 120",
  },
});

/** Plays a script from the signed webhook to the end of all background work; gives the webhook's answers. */
export async function play(script: Script, phone: string, world: World): Promise<number[]> {
  world.model.setFault(modelOf(script));
  const company = hostileJson(script.company ?? { orders: [script.order] });
  world.company.setFault(() => ({ status: 200, body: company }));
  world.graph.setFault(graphOf(script));
  world.graph.media.setFault(({ kind }) => (kind === "facts" ? { facts: script.facts } : null));
  const cache = script.cache === undefined ? null : hostileJson({ result: script.cache });
  world.upstash.setFault((_, n) => (cache !== null && n === 1 ? { status: 200, body: cache } : null));

  const statuses = [await deliver(world, messageOf(script, phone, world))];
  await world.drain();
  if (script.status) {
    const reply = world.graph.sent.findLast((message) => message.phone === phone);
    const report = { id: reply?.waMessageId, status: "read", timestamp: nowS(), ...script.status };
    statuses.push(await deliver(world, { statuses: [report] }));
    await world.drain();
  }
  return statuses;
}

const nowS = (): string => String(Math.floor(Date.now() / 1_000));

function messageOf(script: Script, phone: string, world: World): Fields {
  const { kind, words, message, contact } = script;
  const content = kind === "text" ? { text: { body: words } } : { [kind]: fileOf(script, world) };
  const id = `wamid.hostile.${crypto.randomUUID()}`;
  return {
    contacts: [{ profile: { name: "Ana" }, wa_id: phone, ...contact }],
    messages: [{ from: phone, id, timestamp: nowS(), type: kind, ...content, ...message }],
  };
}

function fileOf({ kind, words, file }: Script, world: World): Fields {
  const isSound = kind === "audio";
  const bytes = isSound ? voiceNote(3, "hola") : new TextEncoder().encode(String(words));
  const mimeType = isSound ? "audio/ogg; codecs=opus" : "text/plain";
  const id = world.graph.media.put({ bytes, mimeType }, WORLD.phoneNumberId);
  return { id, mime_type: mimeType, ...file };
}

async function deliver(world: World, value: Fields): Promise<number> {
  const metadata = { display_phone_number: "15550001111", phone_number_id: WORLD.phoneNumberId };
  const change = { field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } };
  const body = { object: "whatsapp_business_account", entry: [{ id: "1", changes: [change] }] };
  return (await world.deliver(hostileJson(body))).status;
}

function modelOf(script: Script): ModelFaultRule {
  const completion = (message: Fields) => ({
    garbage: hostileJson({
      ...{ id: "chatcmpl-1", object: "chat.completion", created: 1_790_000_000, model: "gpt-4o" },
      choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" }],
      usage: script.usage,
      ...script.completion,
    }),
  });
  const call = { name: script.tool, arguments: hostileJson(script.arguments) };
  return ({ kind, messages, tools }) => {
    if (kind === "transcribe") return { garbage: hostileJson(script.transcript) };
    if (kind === "classify") return completion({ content: hostileJson(script.classification) });
    if (messages.some(({ role }) => role === "tool") || tools.length === 0)
      return completion({ content: script.reply });
    return completion({ content: null, tool_calls: [{ id: "call_1", type: "function", function: call }] });
  };
}

function graphOf({ graph, typing }: Script): (request: { body: unknown }) => Fault | null {
  let sends = 0;
  return ({ body }) => {
    const isReply = typeof body === "object" && body !== null && "type" in body;
    if (!isReply) return typing === undefined ? null : { status: 200, body: hostileJson(typing) };
    sends += 1;
    return graph && sends === 1 ? { ...graph, body: hostileJson(graph.body) } : null;
  };
}
