/** What models were sent and said in a turn, as it is kept. */
/** Something that a model was sent or said, by role; bounded. */
export interface Saying {
  role: "system" | "user" | "assistant" | "tool";
  text: string;
  /** Name of the tool that is called, or whose result this is; absent: words. */
  tool?: string;
}

/** One call of a model. */
export interface Exchange {
  /** `intent`: to classify; `reply`: to write the answer. */
  of: "intent" | "reply";
  /** Rung of the degradation ladder; null for a classification. */
  rung: string | null;
  /** Model that answered, else the one that was asked. */
  model: string;
  /** Key of its system prompt among the prompts of the company. */
  prompt: string;
  /** What stands in the prompt in place of `LOCAL_TIME`; null: nothing does. */
  localTime: string | null;
  /** True when the messages of the call before, and what was said to them, were sent too. */
  continues: boolean;
  sent: Saying[];
  /** Empty: no answer came. */
  said: Saying[];
  /** Names of the tools that it was offered. */
  tools: string[];
  /** Null: no answer came, or it was not told. */
  inputTokens: number | null;
  outputTokens: number | null;
  /** Time of the model alone. */
  ms: number;
  /** Code of the failure, or of what was wrong with the answer; null: none. */
  error: string | null;
}

/** Stands in a kept prompt for the local time, so that the prompt is the same all week. */
export const LOCAL_TIME = "{local time}";

/** The exchanges of a turn on their way to the store. */
export interface KeptExchanges {
  /** Texts of prompts that the store may not have yet, by key. */
  prompts: Record<string, string>;
  calls: Exchange[];
}
