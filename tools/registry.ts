import type { ToolSet } from "ai";
import type { ToolContext } from "../lib/types/tools.ts";
import { createAttachment } from "./attachment.ts";
import { createChoices } from "./choices.ts";
import { createHandoff } from "./handoff.ts";
import { createLocationRequest } from "./location.ts";
import { createLookup } from "./lookup.ts";

// To add a tool: write its factory in a file beside these and name it here.
const FACTORIES = {
  lookup: createLookup,
  handoff: createHandoff,
  offer_choices: createChoices,
  request_location: createLocationRequest,
  send_attachment: createAttachment,
};

/** Tool names, as used by intents and the model. */
export type ToolName = keyof typeof FACTORIES;

/** Names of the tools that are built in. */
export const TOOL_NAMES = Object.keys(FACTORIES);

/** True for the name of a tool that is built in. */
export const isShippedTool = (name: string): name is ToolName => Object.hasOwn(FACTORIES, name);

/** Tools that only read. */
export const READING_TOOLS: readonly ToolName[] = ["lookup"];

/** Tools that only put something under the reply or send it along. */
export const WORDING_TOOLS: readonly ToolName[] = ["offer_choices", "request_location", "send_attachment"];

/** Built-in tools of these names, bound to this turn's tenant, customer and conversation. */
export function toolsFor(names: readonly string[], context: ToolContext): ToolSet {
  return Object.fromEntries(names.filter(isShippedTool).map((name) => [name, FACTORIES[name](context)]));
}
