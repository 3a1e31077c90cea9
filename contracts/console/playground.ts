/** The console's API: talking to the bot without a customer. Paths are below `/api/console`. */
import type { Language } from "../../lib/types/company.ts";
import type { ChatMessage } from "../chat.ts";

/** A model that may answer, with its price in US dollars per million tokens; null: no price is known. */
export interface PlaygroundModel {
  id: string;
  inputUsd: number | null;
  outputUsd: number | null;
  /** Day on which its service ends it, `YYYY-MM-DD`. */
  shutdown: string | null;
}

/** `GET /t/:tenant/playground` */
export interface PlaygroundView {
  /** Ids by role, as this deployment is configured. */
  configured: { intent: string; reply: string; fallback: string };
  models: PlaygroundModel[];
  /** True when orders are looked up in the company's own system. */
  ordersConnected: boolean;
  /** Test customers: tools that could tell of a customer are called for nobody else. */
  testPhones: readonly string[];
  budget: { usedUsd: number; limitUsd: number };
}

/** A customer who does not exist. */
export interface Pretend {
  name: string | null;
  /** Null: the bot finds out. */
  language: Language | null;
  /** Digits with country code, as Meta would have verified it; orders are looked up under it. Null: a customer without a phone. */
  phone: string | null;
}

/** One message of a pretend conversation. */
export interface Said {
  direction: "in" | "out";
  text: string;
  /** Set for a tap on a button or a row of a list; `text` is its title. */
  tap?: { id: string; list: boolean } | null;
}

/** Who answers: a model (null: as configured), and the company as it is live, as the caller's draft says, or of a version. */
export interface Side {
  model: string | null;
  version: "live" | "draft" | number;
}

/**
 * `POST /t/:tenant/playground/answers`: the bot's answer in the AI SDK's UI message stream protocol
 * (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol): words as `text-delta`, tools as `tool-…`, the rest as the data parts of `PlaygroundData`.
 * 409 `budget`; 404 `no_turn`, `no_version`; 422 `not_valid`; 429 `too_many`.
 */
export type AnswerInput = Side &
  (
    | { of: "pretend"; customer: Pretend; history: Said[]; message: Said }
    /** What a real turn was asked, once more. */
    | { of: "turn"; turnId: string }
  );

/** Data parts of the stream, as `data-<name>`. */
export type PlaygroundData = {
  understood: {
    intent: string | null;
    confidence: number | null;
    /** `local`, `model` or `default`. */
    decidedBy: string | null;
    language: Language | null;
    /** Model that classified; null: none did. */
    model: string | null;
    ms: number;
  };
  /** A rung begins; words and tools that came before belong to one that failed. */
  attempt: { rung: string; model: string };
  failed: { rung: string; code: string };
  /** Beside the protocol's own parts of a tool call. */
  tool: {
    toolCallId: string;
    simulated: boolean;
    /** It was not called, because it could tell of a customer who is no test customer, or is not what is live. */
    withheld: boolean;
    ms: number | null;
    failed: boolean;
  };
  answer: PlaygroundAnswer;
  /** No answer. `costUsd`: what was used all the same, by estimate. */
  failure: { code: string; costUsd: number | null };
};

/** The answer that a customer would get. */
export interface PlaygroundAnswer {
  /** Bubbles as WhatsApp shows them; each is a message that Meta bills. */
  messages: ChatMessage[];
  rung: string;
  model: string | null;
  inputTokens: number;
  outputTokens: number;
  /** Of all calls; null: a model without a known price. */
  costUsd: number | null;
  /** What the model wrote, when the checks changed it. */
  written: string | null;
  /** Failures and cuts, by code. */
  errors: string[];
  /** The handoff that would be opened. */
  handoff: { reason: string; summary: string } | null;
  /** The act that the customer would be asked to confirm: nothing keeps it, and its buttons do nothing. */
  asks: { tool: string; minutes: number } | null;
  /** True when the customer would be unsubscribed. */
  optsOut: boolean;
  /** From the request until the first word; null for a fixed text. */
  firstTokenMs: number | null;
  totalMs: number;
}

/** `GET /t/:tenant/playground/turns/:id`: a real turn, to be asked once more. A look that the audit log keeps. */
export interface ReplayView {
  turnId: string;
  conversationId: string;
  at: number;
  customer: { name: string | null; language: Language | null; hasPhone: boolean };
  /** The messages before, and those that the turn answered. */
  history: ChatMessage[];
  question: ChatMessage[];
  /** What the bot did then. */
  original: {
    messages: ChatMessage[];
    intent: string | null;
    confidence: number | null;
    decidedBy: string | null;
    rung: string | null;
    model: string | null;
    costUsd: number | null;
    errors: string[];
    respondMs: number | null;
    waitMs: number | null;
  };
}
