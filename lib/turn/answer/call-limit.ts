import type { ToolSet } from "ai";
import { MAX_TOOL_CALLS_PER_STEP } from "../state/bounds.ts";

/** What the model reads in place of a result. */
const TOO_MANY = {
  error: "too many tool calls in one step",
  hint: `At most ${MAX_TOOL_CALLS_PER_STEP}: answer from the other results.`,
};

/** The same tools, of which each step carries out `MAX_TOOL_CALLS_PER_STEP` calls; `onRefused` is called once per step. */
export function limitCalls(tools: ToolSet, onRefused: () => void): { tools: ToolSet; nextStep: () => void } {
  let calls = 0;
  const limited = (tool: ToolSet[string]): ToolSet[string] => {
    const { execute } = tool;
    if (!execute) return tool;
    return {
      ...tool,
      execute: (input, options) => {
        calls += 1;
        if (calls <= MAX_TOOL_CALLS_PER_STEP) return execute(input, options);
        if (calls === MAX_TOOL_CALLS_PER_STEP + 1) onRefused();
        return TOO_MANY;
      },
    };
  };
  return {
    tools: Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, limited(tool)])),
    nextStep: () => {
      calls = 0;
    },
  };
}
