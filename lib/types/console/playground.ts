/** Ports of the console: talking to the bot without a customer. */
import type { Language } from "../company.ts";
import type { Customer, StoredMessage } from "../conversation.ts";
import type { Json } from "../json.ts";
import type { OutboundMessage } from "../outbound.ts";
import type { HandoffRequest } from "../tools.ts";
import type { TurnRecord } from "../turn-store.ts";

/** A customer who does not exist. */
export interface PretendCustomer {
  name: string | null;
  language: Language | null;
  /** Digits; orders are looked up under it. Null: known by user id alone. */
  phone: string | null;
}

/** A message of a pretend conversation: words, or a tap on a button or a row of a list. */
export interface PretendMessage {
  direction: "in" | "out";
  text: string;
  tap: { id: string; list: boolean } | null;
}

/** What is asked: by a pretend customer, or once more what a turn was asked. */
export type TrialQuestion =
  | {
      kind: "pretend";
      customer: PretendCustomer;
      history: readonly PretendMessage[];
      message: PretendMessage;
    }
  | { kind: "turn"; turnId: string };

/** One question to the bot, and with what it is answered. */
export interface TrialAsk {
  tenantId: string;
  operatorId: string;
  /** Model that writes the reply; null: as configured, with its fallback. */
  model: string | null;
  /** Company to answer for: as it is live, the operator's own draft, or a version by its number. */
  version: "live" | "draft" | number;
  question: TrialQuestion;
}

/** What happens while the bot answers. */
export type TrialEvent =
  | ({ type: "understood"; ms: number } & Pick<
      TurnRecord,
      "intent" | "confidence" | "decidedBy" | "language" | "intentModel"
    >)
  /** A rung begins; words and tools of the one before count no more. */
  | { type: "attempt"; rung: string; model: string }
  | { type: "failed"; rung: string; code: string }
  /** A step of the model begins. */
  | { type: "step" }
  | { type: "words"; text: string }
  | ({ type: "tool"; id: string; name: string; input: Json } & Played)
  | ({ type: "tool_done"; id: string; output: Json; ms: number; failed: boolean } & Played);

/** How real a call is. */
interface Played {
  /** Nothing was called or done. */
  simulated: boolean;
  /** Because it could tell of a customer who is no test customer, or is not what is live. */
  withheld: boolean;
}

/** The answer that a customer would get. */
export interface TrialAnswer {
  record: TurnRecord;
  /** Messages as they would be sent. */
  messages: { message: OutboundMessage; text: string }[];
  /** What the model wrote last, unchecked; null for a fixed text. */
  written: string | null;
  /** True when the checks changed it. */
  changed: boolean;
  /** The handoff that would be opened. */
  handoff: HandoffRequest | null;
  /** The act that the customer would be asked to confirm: nothing keeps it. */
  asks: { tool: string; minutes: number } | null;
  /** True when the customer would get no more messages. */
  optsOut: boolean;
  firstTokenMs: number | null;
  totalMs: number;
}

export type TrialEnd =
  | { kind: "answered"; answer: TrialAnswer }
  /** `costUsd`: what the calls cost all the same, by estimate. */
  | { kind: "failed"; code: string; costUsd: number | null };

/** An answer that can be started. */
export type StartTrial = (run: {
  onEvent(event: TrialEvent): void;
  /** Aborted when nobody reads it any more: the model's call ends, and what was used by then is booked. */
  signal: AbortSignal;
}) => Promise<TrialEnd>;

/** Why no model is asked. */
export interface TrialRefusal {
  refused: "budget" | "no_turn" | "no_version" | "not_valid";
}

/** Models that may answer, and what they cost. */
export interface TrialModels {
  /** Ids by role. */
  configured: { intent: string; reply: string; fallback: string };
  known: { id: string; inputUsd: number | null; outputUsd: number | null; shutdown: string | null }[];
}

/** A turn that is asked once more. */
export interface StoredReplay {
  conversationId: string;
  at: number;
  customer: Customer;
  history: StoredMessage[];
  pending: StoredMessage[];
  /** What it said then. */
  replies: StoredMessage[];
  turn: Pick<TurnRecord, "intent" | "confidence" | "decidedBy" | "language" | "costUsd" | "errors"> & {
    rung: string | null;
    replyModel: string | null;
    /** Time to write the reply, and until it was sent. */
    respondMs: number | null;
    waitMs: number | null;
  };
}

/** Lets the bot answer without a customer: it sends nothing and stores nothing but its cost. */
export interface Playground {
  models(): TrialModels;
  /** US dollars of the company's models: used today, and a day's limit. */
  budget(tenantId: string): Promise<{ usedUsd: number; limitUsd: number }>;
  /** True when orders are looked up in the company's own system. */
  ordersConnected(tenantId: string): Promise<boolean>;
  /** Customers for whom tools that could tell of them are called. */
  testPhones: readonly string[];
  /** Null when the company has no such turn. */
  replay(tenantId: string, turnId: string): Promise<StoredReplay | null>;
  /** An answer itself never throws. */
  prepare(ask: TrialAsk): Promise<StartTrial | TrialRefusal>;
}

/** What an answer used. */
export interface TrialRecord {
  model: string | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number | null;
  /** Counted against today's budget. */
  usd: number;
  errors: readonly string[];
}

export interface PlaygroundStore {
  usedToday(tenantId: string): Promise<number>;
  replay(tenantId: string, turnId: string): Promise<StoredReplay | null>;
  book(ask: Pick<TrialAsk, "tenantId" | "operatorId">, record: TrialRecord): Promise<void>;
}
