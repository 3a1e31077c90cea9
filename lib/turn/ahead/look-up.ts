import type { Language } from "../../types/company.ts";
import type { ToolCallRecord } from "../../types/tools.ts";
import { createTurnTools } from "../answer/tools.ts";
import { factsOf, queryOf } from "../answer/without-tools.ts";
import { MAX_LOOKED_UP_TOKENS } from "../state/bounds.ts";
import type { TurnDeps } from "../state/context.ts";
import type { Turn } from "../state/turn.ts";

/** What answers come from. */
export type Source = "orders" | "knowledge";

/** What was looked up before a model asked for it. */
export interface LookedUp {
  source: Source;
  /** As the model reads it. */
  facts: string;
  /** To be noted by the turn whose model reads it. */
  call: ToolCallRecord;
}

/** Longest wait for it: a model that does without asks for it itself. */
const AT_MOST_MS = 600;

type LookingTurn = Pick<
  Turn<Pick<TurnDeps, "clock" | "knowledge" | "records" | "runner">>,
  "claim" | "journal" | "deps"
>;

/** Looks up what the customer asks, in their own words, in the model's place. Null when nothing was found in time. Never throws. */
export async function lookUp(
  turn: LookingTurn,
  source: Source,
  language: Language,
): Promise<LookedUp | null> {
  const { claim, deps } = turn;
  const query = queryOf(claim);
  if (query === "" || (source === "orders" && deps.records(claim.tenant) === null)) return null;
  // A failure is none of the turn's: the model will look again.
  const journal = turn.journal.branch();
  const { lookup } = createTurnTools({ ...turn, journal }, language).named(["lookup"]);
  const over = new AbortController();
  const options = { toolCallId: `ahead-${source}`, messages: [], abortSignal: over.signal };
  try {
    const looking = Promise.resolve(lookup?.execute?.({ source, query }, options)).catch(() => undefined);
    await Promise.race([looking, deps.clock.sleep(AT_MOST_MS, over.signal)]);
  } finally {
    over.abort();
  }
  const [call] = journal.toolCalls;
  if (!call || call.failed) return null;
  return { source, call: { ...call }, facts: factsOf(call.output, MAX_LOOKED_UP_TOKENS) };
}

/** Notes what was looked up, once, in a turn whose model reads it. */
export function noteFound({ journal }: Pick<Turn, "journal">, found: LookedUp | null): void {
  if (found && !journal.toolCalls.includes(found.call)) journal.toolCalls.push(found.call);
}
