import type { ChatConversation, ChatFile, ChatMessage, ChatStatus } from "../../../../contracts/chat.ts";
import type { SimEvents, SimState, SimWritten } from "../../../../contracts/simulator.ts";
import type { TurnView } from "../../../../contracts/turn.ts";
import { furthest } from "../../chat/status.ts";
import { previewOf } from "./preview.ts";

/** A message that this page sent and that is not part of the conversation yet. */
export interface Sending {
  key: string;
  message: SimWritten;
  /** WhatsApp id of the quoted message. */
  replyTo: string | null;
  /** File that the message sends. */
  file: ChatFile | null;
  /** Epoch milliseconds. */
  at: number;
  waMessageId: string | null;
  failed: boolean;
}

/** State of one customer's conversation. */
export interface Simulation {
  server: SimState | null;
  sending: readonly Sending[];
  /** Status reports by WhatsApp id; they may arrive before their message. */
  statuses: Readonly<Record<string, ChatStatus>>;
  /** WhatsApp ids of the customer's messages that the bot has marked as read. */
  readIds: readonly string[];
  /** Epoch milliseconds until which the bot is typing; 0 when it is not. */
  typingUntilMs: number;
}

/** Change of the state. */
export type Change =
  | { type: "loaded"; server: SimState }
  | { type: "left" }
  | { type: "message"; message: ChatMessage }
  | { type: "status"; status: SimEvents["status"] }
  | { type: "typing"; typing: SimEvents["typing"] }
  | { type: "typing-ended" }
  | { type: "turn"; turn: TurnView }
  | { type: "conversation"; conversation: ChatConversation }
  | { type: "sending"; sending: Pick<Sending, "key" | "message" | "replyTo" | "file" | "at"> }
  | { type: "accepted"; key: string; waMessageId: string }
  | { type: "refused"; key: string }
  | { type: "dropped"; key: string };

/** State before anything is loaded. */
export const EMPTY: Simulation = { server: null, sending: [], statuses: {}, readIds: [], typingUntilMs: 0 };

function upsert<T extends { id: string; at: number }>(items: readonly T[], item: T): T[] {
  const old = items.findIndex((other) => other.id === item.id);
  if (items[old]?.at === item.at) return items.toSpliced(old, 1, item);
  const others = items.filter((other) => other.id !== item.id);
  const place = others.findLastIndex((other) => other.at <= item.at) + 1;
  return others.toSpliced(place, 0, item);
}

function withoutShown(sending: readonly Sending[], message: ChatMessage): readonly Sending[] {
  if (message.direction !== "in") return sending;
  const known = sending.findIndex(
    (one) => one.waMessageId !== null && one.waMessageId === message.waMessageId,
  );
  const place =
    known >= 0 ? known : sending.findIndex((one) => one.waMessageId === null && looksLike(one, message));
  return place < 0 ? sending : sending.toSpliced(place, 1);
}

function looksLike({ message, file }: Sending, shown: ChatMessage): boolean {
  const { type, text } = previewOf(message, file);
  return type === shown.type && (text === null || text === shown.text);
}

function withMessage(state: Simulation, server: SimState, message: ChatMessage): Simulation {
  return {
    ...state,
    server: { ...server, messages: upsert(server.messages, message) },
    sending: withoutShown(state.sending, message),
    typingUntilMs: message.direction === "out" ? 0 : state.typingUntilMs,
  };
}

function changeSending(state: Simulation, key: string, change: Partial<Sending>): Simulation {
  return { ...state, sending: state.sending.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

function accepted(state: Simulation, key: string, waMessageId: string): Simulation {
  const shown = state.server?.messages.some((message) => message.waMessageId === waMessageId);
  if (!shown) return changeSending(state, key, { waMessageId });
  return { ...state, sending: state.sending.filter((one) => one.key !== key) };
}

function loaded(state: Simulation, server: SimState): Simulation {
  const inbound = server.messages.filter((message) => message.direction === "in");
  const sending = state.sending.filter(
    (one) => !inbound.some((message) => message.waMessageId === one.waMessageId),
  );
  return { ...state, server, sending, typingUntilMs: 0 };
}

function typing(state: Simulation, { waMessageId, untilMs }: SimEvents["typing"]): Simulation {
  return { ...state, readIds: [...state.readIds, waMessageId], typingUntilMs: untilMs };
}

/** Next state; events may arrive twice, late and in any order. */
export function reduce(state: Simulation, change: Change): Simulation {
  const { server } = state;
  switch (change.type) {
    case "left":
      return EMPTY;
    case "loaded":
      return loaded(state, change.server);
    case "message":
      return server ? withMessage(state, server, change.message) : state;
    case "status": {
      const { waMessageId, status } = change.status;
      const now = furthest(status, state.statuses[waMessageId]) ?? status;
      return { ...state, statuses: { ...state.statuses, [waMessageId]: now } };
    }
    case "typing":
      return typing(state, change.typing);
    case "typing-ended":
      return { ...state, typingUntilMs: 0 };
    case "turn":
      return server ? { ...state, server: { ...server, turns: upsert(server.turns, change.turn) } } : state;
    case "conversation":
      return server ? { ...state, server: { ...server, conversation: change.conversation } } : state;
    case "sending":
      return {
        ...state,
        sending: [...state.sending, { ...change.sending, waMessageId: null, failed: false }],
      };
    case "accepted":
      return accepted(state, change.key, change.waMessageId);
    case "refused":
      return changeSending(state, change.key, { failed: true });
    case "dropped":
      return { ...state, sending: state.sending.filter((one) => one.key !== change.key) };
  }
}
