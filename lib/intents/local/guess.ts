import type { LikelyIntent } from "./by-likeness.ts";
import type { Asked } from "./words.ts";

/** A guess by likeness. The weights are loaded with the first one: who guesses nothing does not pay for them. */
export async function guessIntent({
  text,
  answersQuestion,
}: Pick<Asked, "text" | "answersQuestion">): Promise<LikelyIntent> {
  const { intentByLikeness } = await import("./by-likeness.ts");
  return intentByLikeness(text, answersQuestion);
}
