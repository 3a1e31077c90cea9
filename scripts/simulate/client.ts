import { setTimeout as sleep } from "node:timers/promises";
import type { ChatMessage } from "../../contracts/chat.ts";
import type { SimSendRequest, SimSendResponse, SimState } from "../../contracts/simulator.ts";
import type { TurnView } from "../../contracts/turn.ts";
import { call } from "../../lib/http/call.ts";
import { CallError } from "../../lib/http/call-error.ts";
import { fieldOf, fieldsOf, parseJson } from "../../lib/json/lenient.ts";

/** Result of one message. */
export interface Conversation {
  ackMs: number;
  /** Null when an operator has the conversation and the bot is silent. */
  turn: TurnView | null;
  replies: ChatMessage[];
  modelIsOffline: boolean;
}

const POLL_MS = 100;
const MAX_BYTES = 16 * 1024 * 1024;

/** True when a dev server with its simulator runs at this address. */
export async function isDevServer(url: string): Promise<boolean> {
  const probe = call(`${url}/_local/state?phone=10000000000`, { timeoutMs: 3_000 });
  return probe.then(({ text }) => parseJson(text) !== undefined).catch(() => false);
}

/** Writes as a customer and waits for the turn. Throws an error that says what is missing. */
export async function converse(url: string, message: SimSendRequest, limitMs: number): Promise<Conversation> {
  const sent = await ask<SimSendResponse>(`${url}/_local/send`, message);
  if (sent.httpStatus !== 200)
    throw new Error(`The bot's webhook answered HTTP ${sent.httpStatus}; see the server's log.`);
  const signal = AbortSignal.timeout(limitMs);
  while (!signal.aborted) {
    const state = await ask<SimState>(`${url}/_local/state?phone=${message.phone}`);
    const outcome = outcomeOf(state, sent.waMessageId);
    if (outcome) return { ackMs: sent.ackMs, modelIsOffline: state.model.offline, ...outcome };
    await sleep(POLL_MS);
  }
  throw new Error(`No reply within ${limitMs / 1000} s; see the server's log.`);
}

function outcomeOf(state: SimState, waMessageId: string): Pick<Conversation, "turn" | "replies"> | null {
  const own = state.messages.find((message) => message.waMessageId === waMessageId);
  if (!own) return null;
  const turn = state.turns.find((candidate) => candidate.inboundIds.includes(own.id));
  if (turn)
    return { turn, replies: state.messages.filter((message) => turn.outboundIds.includes(message.id)) };
  const silent = state.conversation.status === "human" && own.turnId === null;
  return silent ? { turn: null, replies: [] } : null;
}

/** Calls the simulator; POSTs `json` if there is one. Throws an error with the simulator's own message. */
async function ask<T>(url: string, json?: unknown): Promise<T> {
  const method = json === undefined ? "GET" : "POST";
  const { text } = await call(url, { method, json, maxBytes: MAX_BYTES }).catch((error) => {
    const body = error instanceof CallError ? parseJson(error.text) : null;
    const message = fieldOf(fieldsOf(fieldOf(fieldsOf(body), "error")), "message");
    throw typeof message === "string" ? new Error(message) : error;
  });
  return JSON.parse(text);
}
