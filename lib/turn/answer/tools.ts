import type { ToolSet } from "ai";
import { type ToolName, toolsFor } from "../../../tools/registry.ts";
import { boundedInteger, cleanJson, cleanText } from "../../json/clean.ts";
import type { Language } from "../../types/company.ts";
import type { Json } from "../../types/json.ts";
import type { ReplyExtra } from "../../types/outbound.ts";
import type { HandoffRequest } from "../../types/tools.ts";
import type { Claim } from "../../types/turn-store.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Journal } from "../state/journal.ts";

/** The tools of one turn and what they asked for. */
export interface TurnTools {
  named(names: readonly ToolName[]): ToolSet;
  /** What a tool asked to happen together with the reply. */
  handoff(): HandoffRequest | null;
  /** What a tool put under the words of the reply. */
  extra(): ReplyExtra | null;
  /** Before another attempt at the reply: what was put under the words of the last one is forgotten. */
  again(): void;
}

/** Binds tools to the verified customer of this turn; every call is timed and kept with the turn. */
export function createTurnTools(
  claim: Claim,
  language: Language,
  deps: TurnDeps,
  journal: Journal,
): TurnTools {
  let requested: HandoffRequest | null = null;
  let extra: ReplyExtra | null = null;
  const context = {
    tenant: claim.tenant,
    user: claim.user,
    conversationId: claim.conversationId,
    turnId: claim.turnId,
    idempotencyKey: keyOf(claim),
    language,
    knowledge: deps.knowledge,
    records: deps.records,
    requestHandoff: ({ reason, summary }: HandoffRequest) => {
      requested ??= { reason: cleanText(reason, 64), summary: cleanText(summary, 1_000) };
    },
    offer: (offered: ReplyExtra) => {
      extra = offered;
    },
    reportFailure: (error: unknown) => journal.failed("tool", error),
  };
  return {
    named: (names) =>
      Object.fromEntries(
        Object.entries(toolsFor(names, context)).map(([name, tool]) => [
          name,
          recorded(name, tool, keyOf(claim), journal, deps),
        ]),
      ),
    handoff: () => requested,
    extra: () => extra,
    again: () => {
      extra = null;
    },
  };
}

function recorded(
  name: string,
  tool: ToolSet[string],
  key: string,
  journal: Journal,
  deps: Pick<TurnDeps, "clock">,
): ToolSet[string] {
  const { execute } = tool;
  if (!execute) return tool;
  return {
    ...tool,
    execute: async (input, options) => {
      const startedMs = deps.clock.now();
      const call = {
        name,
        idempotencyKey: `${key}:${name}:${journal.toolCalls.length}`,
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
        // The model reads what is kept, bounded and fit for JSON of any reader.
        call.output = cleanJson(output);
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
