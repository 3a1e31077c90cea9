import type { ToolName } from "../../../tools/registry.ts";
import { type IntentRow, intentOf } from "../../intents/own.ts";
import { ownWords } from "../../intents/own-words.ts";
import type { IntentName } from "../../intents/table.ts";
import type { Claim } from "../../types/turn-store.ts";
import { MAX_RESULT_TOKENS } from "../state/bounds.ts";
import { firstTokens } from "../state/tokens.ts";
import type { TurnTools } from "./tools.ts";
import { pendingText } from "./transcript.ts";

/** Without tools the intent's prompt asks for what cannot be done; this says what can. */
const NO_TOOLS =
  "\n\nNo tool can be called now, whatever is said above: answer from the company's facts and from what was looked up, or say that you cannot look it up at the moment and that they can write *persona*, *person* or *pessoa* to reach a person.";

const QUERY_CHARACTERS = 200;

/** Where something was looked up, the intent's prompt still asks for it. */
const LOOKED_UP =
  "\n\nWhat was looked up for this message stands below, as lookup returned it: answer from it, and call lookup only for what it does not answer.";

/** Instructions and facts for a model; the facts are none of its instructions. */
export interface Given {
  rule: string;
  facts: string;
}

/** What a model with tools is given of what was looked up. */
export const lookedUp = (facts: string | null): Given =>
  facts === null ? { rule: "", facts: "" } : { rule: LOOKED_UP, facts };

/**
 * Calls in the model's place the tool that the intent is about: a promised handoff is opened, and the orders or the knowledge
 * base are searched with the customer's own words, unless that was done. Nothing is looked up for an intent without tools.
 */
export async function goWithoutTools(
  claim: Pick<Claim, "pending" | "tenant">,
  { intent, facts = null }: { intent: IntentName; facts?: string | null },
  tools: TurnTools,
  signal: AbortSignal,
): Promise<Given> {
  const row = intentOf(claim.tenant, intent);
  if (row.tools.length === 0) return { rule: "", facts: "" };
  const call = callFor(row, claim, tools);
  if (facts !== null && call?.name !== "handoff") return { rule: NO_TOOLS, facts };
  const output = call && (await run(tools, call, signal).catch(() => null));
  return { rule: NO_TOOLS, facts: output ? factsOf(output) : "" };
}

/** The customer's own words, as the query of a look-up. */
export const queryOf = (claim: Pick<Claim, "pending">): string =>
  ownWords(pendingText(claim.pending)).trim().slice(-QUERY_CHARACTERS).toWellFormed();

/** A result as a model reads it behind its instructions, within `room` tokens. */
export const factsOf = (output: unknown, room = MAX_RESULT_TOKENS): string =>
  `\n\nLooked up for this message:\n${firstTokens(JSON.stringify(output), room)}`;

/** True when the intent promises a handoff and nobody opened it: a service may ignore that a tool must be called. */
export const owesHandoff = ({ firstTool }: IntentRow, tools: TurnTools): boolean =>
  firstTool === "handoff" && tools.handoff() === null;

/** Opens the handoff that the customer asked for, with their own words as the summary. */
export function openHandoff(
  claim: Pick<Claim, "pending">,
  tools: TurnTools,
  signal: AbortSignal,
): Promise<unknown> {
  return run(tools, handoffCall(claim), signal);
}

interface ToolCall {
  name: ToolName;
  input: object;
}

const handoffCall = ({ pending }: Pick<Claim, "pending">): ToolCall => ({
  name: "handoff",
  input: {
    reason: "customer_request",
    summary: ownWords(pendingText(pending)).trim().slice(-500).toWellFormed(),
  },
});

function callFor(row: IntentRow, claim: Pick<Claim, "pending">, tools: TurnTools): ToolCall | null {
  if (owesHandoff(row, tools) || tools.handoff() !== null) return handoffCall(claim);
  const query = queryOf(claim);
  if (!row.tools.includes("lookup") || query === "") return null;
  return { name: "lookup", input: { source: row.source ?? "knowledge", query } };
}

async function run(tools: TurnTools, { name, input }: ToolCall, abortSignal: AbortSignal): Promise<unknown> {
  const tool = tools.named([name])[name];
  return tool?.execute?.(input, { toolCallId: `without-tools-${name}`, messages: [], abortSignal });
}
