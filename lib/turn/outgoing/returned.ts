import type { ToolSet } from "ai";
import type { ToolName } from "../../../tools/registry.ts";
import type { Json } from "../../types/json.ts";
import type { ToolCallRecord } from "../../types/tools.ts";

type Calls = readonly Pick<ToolCallRecord, "output">[];

/** An https address in a text; what may only be the sentence's punctuation counts with and without. */
const ADDRESS = /https:\/\/[^\s<>"'`]{1,2000}/g;
const AFTER = /[)\].,;:!?*_]{1,8}$/;

/** Names of the tools that a step may call: what sends an address along would only cost tokens before a tool has returned one. */
export const callable = (tools: ToolSet, calls: Calls): string[] =>
  Object.keys(tools).filter((name) => name !== ATTACHING || calls.some(hasAddress));

const ATTACHING: ToolName = "send_attachment";

const hasAddress = ({ output }: Calls[number]): boolean =>
  textsIn(output).some((text) => text.includes("https://"));

/** True when this very address stands in a tool's answer. */
export const returned = (calls: Calls, url: string): boolean =>
  calls.some(({ output }) =>
    textsIn(output).some(
      (text) =>
        text === url ||
        (text.match(ADDRESS) ?? []).some((found) => found === url || found.replace(AFTER, "") === url),
    ),
  );

function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
