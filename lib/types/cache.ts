/** The ports of the cache. */
import type { Language } from "./company.ts";

/** The cache's verdict on a message before the database is asked; `unknown` when the cache did not answer in time. */
export interface Admission {
  verdict: "new" | "duplicate" | "limited" | "unknown";
  /** With `limited`: seconds until the window ends. */
  retryAfterS: number | null;
}

export interface AdmissionCache {
  /** Verdicts for a whole batch, in its order, in one round trip. Keys name a message or a customer of one number. Never throws; takes little over 100 ms at most. */
  admit(messages: readonly { messageKey: string; customerKey: string }[]): Promise<Admission[]>;
  /** Marks messages as stored, so that a redelivery need not ask the database. Never throws. */
  markStored(messageKeys: readonly string[]): Promise<void>;
  /** Throws when the cache does not answer. */
  ping(): Promise<void>;
}

/** A question that anybody could ask, and all that its answer depends on. */
export interface ImpersonalQuestion {
  tenantId: string;
  /** Changes with whatever the company says, and with the model that answers. */
  version: string;
  language: Language;
  /** Words without accents and punctuation. */
  text: string;
}

/** What was answered, as Markdown. */
export interface KeptAnswer {
  intent: string;
  markdown: string;
}

/** Answers to impersonal questions, for the next customer who asks the same. */
export interface AnswerCache {
  /** Null when none is kept, or the cache does not answer in time. Never throws. */
  find(question: ImpersonalQuestion): Promise<KeptAnswer | null>;
  /** Keeps an answer for a day. Never throws. */
  keep(question: ImpersonalQuestion, answer: KeptAnswer): Promise<void>;
}

/** Says that a chain of the resume job is under way. */
export interface ChainMark {
  /** True for the one who may begin a chain. Never throws. */
  begin(): Promise<boolean>;
  /** False when the cache did not answer, so that the mark may still stand. Never throws. */
  end(): Promise<boolean>;
}
