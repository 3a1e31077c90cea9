import { WORDING_TOOLS } from "../../../tools/registry.ts";
import type { TurnTools } from "../answer/tools.ts";

/** Tools whose offers go with the answer that is discarded. */
const WORDING: ReadonlySet<string> = new Set(WORDING_TOOLS);

/** The tools; `onEffect` comes before each call of one that has an effect, which it prevents by throwing. */
export function watched(tools: TurnTools, onEffect: () => Promise<void> | void): TurnTools {
  const each = (name: string, tool: ReturnType<TurnTools["named"]>[string]) => {
    const { execute } = tool;
    if (!execute || tools.reads(name) || WORDING.has(name)) return tool;
    return {
      ...tool,
      execute: async (...call: Parameters<typeof execute>): Promise<unknown> => {
        await onEffect();
        return execute(...call);
      },
    };
  };
  return {
    ...tools,
    named: (names) =>
      Object.fromEntries(Object.entries(tools.named(names)).map(([name, tool]) => [name, each(name, tool)])),
  };
}

/** The tools, of which those with an effect wait until the answer is wanted, and fail when it is not. */
export const heldUntil = (wanted: Promise<boolean>, tools: TurnTools): TurnTools =>
  watched(tools, async () => {
    if (!(await wanted)) throw new DOMException("The answer is not wanted.", "AbortError");
  });
