import type { ToolSet } from "ai";
import { MAX_TOOL_CALLS_PER_STEP } from "../state/bounds.ts";

/** Result of a call beyond the limit, for the model to read. */
const TOO_MANY = {
  error: "too many tool calls in one step",
  hint: `At most ${MAX_TOOL_CALLS_PER_STEP}: answer from the other results.`,
};

/** Limits tools to `MAX_TOOL_CALLS_PER_STEP` calls per step; calls `onRefused` once per step with more. */
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
