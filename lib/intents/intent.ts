import type { ToolName } from "../../tools/registry.ts";
import type { Language } from "../types/company.ts";

/** One row of the intent table: all that is special about answering one kind of message. */
export interface Intent {
  /** Stable: stored with every turn. */
  readonly name: string;
  /** When it applies, in words for the classifier. */
  readonly when: string;
  /** What customers write, at least eight phrases a language. */
  readonly examples: Readonly<Record<Language, readonly string[]>>;
  /**
   * A text of nothing but examples is sorted without a model (`by-words.ts`); here is where that would go wrong. `courtesy`:
   * a request beside it counts more. `reaction`: the same, and it may answer a question of ours. `never`: it means something
   * only with what was said before.
   */
  readonly byWords?: "courtesy" | "reaction" | "never";
  /** What to do, in words for the model that replies. */
  readonly prompt: string;
  /** The tools that the reply may use. */
  readonly tools: readonly ToolName[];
  /** Called before anything is said, so that what the intent promises does not depend on the model's mood. */
  readonly firstTool?: ToolName;
  /** `economy` answers with the fallback model's price. */
  readonly tier: "standard" | "economy";
}
