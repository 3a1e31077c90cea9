import { WORDING_TOOLS } from "../../../tools/registry.ts";
import type { TurnTools } from "../answer/tools.ts";

/** Tools whose offers go with the answer that is discarded. */
const WORDING: ReadonlySet<string> = new Set(WORDING_TOOLS);

/** The tools, of which those with an effect wait until the answer is wanted, and fail when it is not. */
export function heldUntil(wanted: Promise<boolean>, tools: TurnTools): TurnTools {
  const held = (name: string, tool: ReturnType<TurnTools["named"]>[string]) => {
    const { execute } = tool;
    if (!execute || tools.reads(name) || WORDING.has(name)) return tool;
    return {
      ...tool,
      execute: async (...call: Parameters<typeof execute>): Promise<unknown> => {
        if (await wanted) return execute(...call);
        throw new DOMException("The answer is not wanted.", "AbortError");
      },
    };
  };
  return {
    ...tools,
    named: (names) =>
      Object.fromEntries(Object.entries(tools.named(names)).map(([name, tool]) => [name, held(name, tool)])),
  };
}
