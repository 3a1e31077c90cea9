import type { ToolName } from "../../../tools/registry.ts";
import { ownWords } from "../../intents/own-words.ts";
import { type IntentName, intentNamed } from "../../intents/table.ts";
import type { Claim } from "../../types/turn-store.ts";
import { MAX_RESULT_TOKENS } from "../state/bounds.ts";
import { firstTokens } from "../state/tokens.ts";
import type { TurnTools } from "./tools.ts";
import { pendingText } from "./transcript.ts";

/** Without tools the intent's prompt asks for what cannot be done; this says what can. */
const NO_TOOLS =
  "\n\nNo tool can be called now, whatever is said above: answer from the company's facts and from what was looked up, or say that you cannot look it up at the moment and that they can write *persona*, *person* or *pessoa* to reach a person.";

const QUERY_CHARACTERS = 200;

/** Instructions and facts for a model that can call no tools; the facts are none of its instructions. */
export interface WithoutTools {
  rule: string;
  facts: string;
}

/**
 * Calls in the model's place the tool that the intent is about: a promised handoff is opened, and the orders or the knowledge
 * base are searched with the customer's own words. Nothing is looked up for an intent without tools.
 */
export async function goWithoutTools(
  claim: Pick<Claim, "pending">,
  intent: IntentName,
  tools: TurnTools,
  signal: AbortSignal,
): Promise<WithoutTools> {
  if (intentNamed(intent).tools.length === 0) return { rule: "", facts: "" };
  const said = ownWords(pendingText(claim.pending)).trim();
  const call = callFor(intent, said, tools);
  const output = call && (await run(tools, call, signal).catch(() => null));
  if (!output) return { rule: NO_TOOLS, facts: "" };
  const found = firstTokens(JSON.stringify(output), MAX_RESULT_TOKENS);
  return { rule: NO_TOOLS, facts: `\n\nLooked up for this message:\n${found}` };
}

/** True when the intent promises a handoff and nobody opened it: a service may ignore that a tool must be called. */
export const owesHandoff = (intent: IntentName, tools: TurnTools): boolean =>
  intentNamed(intent).firstTool === "handoff" && tools.handoff() === null;

/** Opens the handoff that the customer asked for, with their own words as the summary. */
export function openHandoff(
  claim: Pick<Claim, "pending">,
  tools: TurnTools,
  signal: AbortSignal,
): Promise<unknown> {
  return run(tools, handoffCall(ownWords(pendingText(claim.pending)).trim()), signal);
}

interface ToolCall {
  name: ToolName;
  input: object;
}

const handoffCall = (said: string): ToolCall => ({
  name: "handoff",
  input: { reason: "customer_request", summary: said.slice(-500).toWellFormed() },
});

function callFor(intent: IntentName, said: string, tools: TurnTools): ToolCall | null {
  if (owesHandoff(intent, tools) || tools.handoff() !== null) return handoffCall(said);
  if (!intentNamed(intent).tools.includes("lookup")) return null;
  if (said === "") return null;
  const query = said.slice(-QUERY_CHARACTERS).toWellFormed();
  return { name: "lookup", input: { source: intent === "order_status" ? "orders" : "knowledge", query } };
}

async function run(tools: TurnTools, { name, input }: ToolCall, abortSignal: AbortSignal): Promise<unknown> {
  const tool = tools.named([name])[name];
  return tool?.execute?.(input, { toolCallId: `without-tools-${name}`, messages: [], abortSignal });
}
