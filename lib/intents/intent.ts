import type { ToolName } from "../../tools/registry.ts";
import type { Language, Tier } from "../types/company.ts";

/** One row of the intent table: how to recognise and answer one kind of message. */
export interface Intent {
  /** Stable name, stored with every turn. */
  readonly name: string;
  /** Description for the classifier. */
  readonly when: string;
  /** Phrases that customers write, at least eight per language. */
  readonly examples: Readonly<Record<Language, readonly string[]>>;
  /**
   * Exceptions to classifying a text made only of examples without a model (`by-words.ts`). `courtesy`: another request in
   * the text takes precedence. `reaction`: the same, and it may answer a question of ours. `never`: it depends on earlier
   * messages.
   */
  readonly byWords?: "courtesy" | "reaction" | "never";
  /** `never`: what customers say of it is too varied to be sorted by likeness to phrases; the model decides. */
  readonly byLikeness?: "never";
  /** Instructions for the model that replies. */
  readonly prompt: string;
  /** Tools that the reply may use: built in, or declared by the company. */
  readonly tools: readonly string[];
  /** What its answers come from: looked up before the model asks for it. */
  readonly source?: "orders" | "knowledge";
  /** Tool that must be called first, so that the intent's promise does not depend on the model. */
  readonly firstTool?: ToolName;
  /** True where an answer that says nothing of its customer may be kept for whoever asks the same. */
  readonly impersonal?: true;
  /** How much it asks of the model that replies: the profile has one for each tier. */
  readonly tier: Tier;
}

/** A row that ships with Chasqui. */
export interface ShippedIntent extends Intent {
  readonly tools: readonly ToolName[];
}
