import type { DeclaredTool } from "../../types/tools/declared.ts";

/** True when the company still declares this tool as it was when the customer was asked. */
export const isDeclared = (tool: DeclaredTool, tools: readonly DeclaredTool[] = []): boolean =>
  tools.some((now) => now.name === tool.name && canonical(now) === canonical(tool));

/** As JSON whose keys are in order: the database keeps them in its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
