import { jsonSchema, type ToolSet, tool } from "ai";
import type { Json } from "../../types/json.ts";
import type { DeclaredTool, OnBehalfOf, ToolRunner } from "../../types/tools/declared.ts";

/** A call that a company's system did not answer as it should, by the runner's code. */
class DeclaredToolError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`a declared tool failed: ${code}`);
    this.name = "DeclaredToolError";
    this.code = code;
  }
}

interface Calling {
  runner: ToolRunner;
  /** Who the call is for: never from the model. */
  behalf: OnBehalfOf;
  reportFailure(error: unknown): void;
}

/** A declared tool that only reads, for the model: its call is run at once. */
export const readingTool = (
  declared: DeclaredTool,
  { runner, behalf, reportFailure }: Calling,
): ToolSet[string] =>
  tool({
    description: declared.description,
    inputSchema: jsonSchema<Json>(declared.input),
    execute: async (input, { abortSignal }) => {
      const outcome = await runner.run(declared, input, behalf, abortSignal ?? NEVER);
      if (outcome.ok) return outcome.answer;
      reportFailure(new DeclaredToolError(outcome.code));
      return {
        error: outcome.code,
        hint: HINTS[outcome.code] ?? "Say that it cannot be looked up at the moment, and offer a person.",
      };
    },
  });

const NEVER = new AbortController().signal;

/** What the model can do about it; for all else it cannot. */
const HINTS: Readonly<Record<string, string>> = {
  invalid_input:
    "The input does not fit the tool's schema: ask the customer for what is missing, or call it again with the right values.",
  http_404: "There is no such thing: ask the customer to check what they gave.",
};
