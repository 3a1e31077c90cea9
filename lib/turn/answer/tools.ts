import type { ToolSet } from "ai";
import { isShippedTool, READING_TOOLS, TOOL_NAMES, toolsFor } from "../../../tools/registry.ts";
import { boundedInteger, cleanJson, cleanText } from "../../json/clean.ts";
import { unquoted } from "../../language/marks.ts";
import type { Language } from "../../types/company.ts";
import type { Json } from "../../types/json.ts";
import type { ReplyExtra } from "../../types/outbound.ts";
import type { DeclaredTool } from "../../types/tools/declared.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { Claim } from "../../types/turn-store.ts";
import { effectTool } from "../acts/propose.ts";
import type { Asking } from "../acts/question.ts";
import { returned } from "../outgoing/returned.ts";
import { reviewSummary, type Writer } from "../outgoing/review.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";
import { readingTool } from "./declared.ts";

/** Most tools that a model is offered at once: with more of them it chooses worse. */
const MOST_TOOLS = 12;

/** The tools of one turn and the effects they asked for. */
export interface TurnTools {
  /** Those of these names that are built in or that the company declares. */
  named(names: readonly string[]): ToolSet;
  /** True for a tool whose calls change nothing. */
  reads(name: string): boolean;
  /** The handoff to open together with the reply. */
  handoff(): HandoffRequest | null;
  /** What to put with the words of the reply. */
  extra(): ReplyExtra | null;
  /** The act that the reply asks about in place of a model's words; null where a person is called. */
  asks(): Asking | null;
  /** Begins another attempt at the reply without the extra and the act of the last one, by this writer or the same. */
  startAttempt(writer?: Writer): void;
}

type ToolTurn = Pick<
  Turn<Pick<TurnDeps, "clock" | "knowledge" | "records" | "runner">>,
  "claim" | "journal" | "deps"
>;

/** Binds tools to the verified customer of this turn; every call is timed and stored with the turn. */
export function createTurnTools(turn: ToolTurn, language: Language): TurnTools {
  const { claim, deps, journal } = turn;
  let requested: HandoffRequest | null = null;
  let extra: ReplyExtra | null = null;
  let asking: Asking | null = null;
  let writer: Writer = { model: "", tools: toolNamesOf(claim) };
  const context = {
    ...{ tenant: claim.tenant, customer: claim.customer },
    ...{ conversationId: claim.conversationId, turnId: claim.turnId },
    idempotencyKey: keyOf(claim),
    ...{ language, knowledge: deps.knowledge, records: deps.records(claim.tenant) },
    requestHandoff: ({ reason, summary }: HandoffRequest) => {
      if (requested) return;
      const words = reviewSummary(cleanText(summary, 1_000), writer, journal);
      requested = { reason: cleanText(reason, 64), summary: words };
    },
    offer: (offered: ReplyExtra) => {
      extra = offered;
    },
    hasReturned: (url: string) => returned(journal.toolCalls, url),
    reportFailure: (error: unknown) => journal.failed("tool", error),
  };
  const propose = (next: Asking) => {
    asking = next;
  };
  return {
    named: (names) =>
      Object.fromEntries(
        [...new Set(names)].slice(0, MOST_TOOLS).flatMap((name) => {
          const tool = isShippedTool(name)
            ? toolsFor([name], context)[name]
            : declaredTool(name, turn, { language, propose });
          return tool ? [[name, recorded(name, tool, turn)]] : [];
        }),
      ),
    reads: (name) =>
      isShippedTool(name) ? READING_TOOLS.includes(name) : isReading(declaredIn(claim, name)),
    handoff: () => requested,
    extra: () => extra,
    asks: () => (requested ? null : asking),
    startAttempt: (next) => {
      extra = null;
      asking = null;
      writer = next ?? writer;
    },
  };
}

/** Names of all tools that a model may know of: no customer needs to read one. */
export const toolNamesOf = ({ tenant }: Pick<Claim, "tenant">): string[] => [
  ...TOOL_NAMES,
  ...(tenant.tools ?? []).map(({ name }) => name),
];

const declaredIn = ({ tenant }: Pick<Claim, "tenant">, name: string) =>
  tenant.tools?.find((tool) => tool.name === name);

const isReading = (declared: DeclaredTool | undefined): boolean => declared !== undefined && !declared.effect;

/** A tool of the company's own; null for one that is not there. The model never runs one with an effect: it has the customer asked. */
function declaredTool(
  name: string,
  { claim, deps, journal }: ToolTurn,
  asking: { language: Language; propose(asking: Asking): void },
): ToolSet[string] | null {
  const declared = declaredIn(claim, name);
  // An order system is read by `lookup`, and carts come from customers.
  if (!declared || declared.takes || declared.via.kind === "orders" || !deps.runner) return null;
  if (declared.effect) return effectTool(declared, { claim, runner: deps.runner, ...asking });
  const { tenant, customer, conversationId } = claim;
  return readingTool(declared, {
    runner: deps.runner,
    behalf: { tenant, customer, conversationId, idempotencyKey: `${keyOf(claim)}:${name}` },
    reportFailure: (error) => journal.failed("tool", error),
  });
}

function recorded(name: string, tool: ToolSet[string], { claim, journal, deps }: ToolTurn): ToolSet[string] {
  const { execute } = tool;
  if (!execute) return tool;
  return {
    ...tool,
    execute: async (input, options) => {
      const startedMs = deps.clock.now();
      const call = {
        name,
        idempotencyKey: `${keyOf(claim)}:${name}:${journal.toolCalls.length}`,
        input: cleanJson(input),
        output: null as Json,
        ms: 0,
        failed: true,
      };
      journal.toolCalls.push(call);
      try {
        const output: unknown = await journal.stages.run(`tool:${name}`, () =>
          Promise.resolve(execute(input, options)),
        );
        // The model reads what is stored, bounded and fit for JSON of any reader.
        call.output = JSON.parse(unquoted(JSON.stringify(cleanJson(output))));
        call.failed = saysError(call.output);
        return call.output;
      } catch (error) {
        journal.failed(`tool:${name}`, error);
        throw error;
      } finally {
        call.ms = boundedInteger(deps.clock.now() - startedMs) ?? 0;
      }
    },
  };
}

/** Expected failures come back as `{ error, hint }`, for the model to act on. */
const saysError = (output: Json): boolean =>
  typeof output === "object" && output !== null && !Array.isArray(output) && "error" in output;

const keyOf = ({ conversationId, afterSeq }: Claim): string => `${conversationId}:${afterSeq}`;
