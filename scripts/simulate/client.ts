import { setTimeout as sleep } from "node:timers/promises";
import type { ChatMessage } from "../../contracts/chat.ts";
import type { SimSendRequest, SimSendResponse, SimState } from "../../contracts/simulator.ts";
import type { TurnView } from "../../contracts/turn.ts";

/** What came of one message. */
export interface Conversation {
  ackMs: number;
  /** Null when a person has the conversation: the bot is silent. */
  turn: TurnView | null;
  replies: ChatMessage[];
  modelIsOffline: boolean;
}

const POLL_MS = 100;

/** True when a dev server with its simulator runs at this address. */
export async function isDevServer(url: string): Promise<boolean> {
  const response = await fetch(`${url}/_local/state?phone=10000000000`, {
    signal: AbortSignal.timeout(3_000),
  }).catch(() => null);
  const isOurs = response?.headers.get("content-type")?.includes("json") ?? false;
  await response?.arrayBuffer();
  return response?.ok === true && isOurs;
}

/** Writes as a customer and waits for what the bot makes of it. Throws an error that says what did not come. */
export async function converse(url: string, message: SimSendRequest, limitMs: number): Promise<Conversation> {
  const sent = await post<SimSendResponse>(`${url}/_local/send`, message);
  if (sent.httpStatus !== 200)
    throw new Error(`The bot's webhook answered HTTP ${sent.httpStatus}; the server's log says why.`);
  const signal = AbortSignal.timeout(limitMs);
  while (!signal.aborted) {
    const state = await getState(url, message.phone);
    const outcome = outcomeOf(state, sent.waMessageId);
    if (outcome) return { ackMs: sent.ackMs, modelIsOffline: state.model.offline, ...outcome };
    await sleep(POLL_MS);
  }
  throw new Error(`No reply within ${limitMs / 1000} s; the server's log says why.`);
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

async function getState(url: string, phone: string): Promise<SimState> {
  const response = await fetch(`${url}/_local/state?phone=${phone}`);
  if (!response.ok) throw new Error(await messageOf(response));
  return response.json();
}

async function post<T>(url: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await messageOf(response));
  return response.json();
}

async function messageOf(response: Response): Promise<string> {
  const body: { error?: { message?: string } } = await response.json().catch(() => ({}));
  return body.error?.message ?? `HTTP ${response.status}`;
}
