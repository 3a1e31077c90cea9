import { cleanJson, cleanText } from "../../json/clean.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import type { Json } from "../../types/json.ts";
import type { ToolOutcome } from "../../types/tools/declared.ts";
import type { Act, ActStore, BeginAct, EndAct } from "../../types/turn/acts.ts";
import type { TurnDeps } from "../state/context.ts";
import { instant } from "../state/lease.ts";
import { claimRef, type Turn } from "../state/turn.ts";
import { needsApproval } from "./approval.ts";
import { reminderOf } from "./reminder.ts";

/** Deps of acts. */
export interface ActDeps extends Pick<TurnDeps, "runner" | "clock" | "log" | "limits" | "store"> {
  acts: ActStore;
}

export type ActTurn = Turn<ActDeps>;

/** A successor has the conversation: nothing may be written or said any more. */
export class LostTurnError extends Error {
  override readonly name = "LostTurnError";
}

/** Pauses before the second call of this turn and the third: the same key each time. */
const PAUSES_MS = [500, 2_000];
/** Longest call that a declaration allows, and time for our own statements. */
const LEASE_ROOM_MS = 5_000;
const USUAL_TIMEOUT_MS = 2_000;
const MAX_CODE = 64;

/**
 * Takes the customer's answer to an act and, where it is to be done, calls its tool: noted before each call, with the same key in every one,
 * until it is known what became of it or the calls are used up. Returns the act as it is then.
 */
export async function takeAnswer(
  turn: ActTurn,
  act: Act,
  { answer, messageId }: Pick<BeginAct, "answer" | "messageId">,
): Promise<Act> {
  let { call, act: now } = await begin(turn, act, { answer, messageId });
  for (let calls = 0; call && now; calls++) {
    const outcome = await callTool(turn, now);
    const ended = endOf(outcome, now);
    if (ended !== "try_again") return end(turn, now, ended);
    const pauseMs = PAUSES_MS[calls];
    if (pauseMs === undefined) return end(turn, now, { ...UNKNOWN, code: codeOf(outcome) });
    await turn.deps.clock.sleep(pauseMs);
    ({ call, act: now } = await begin(turn, now, { answer: "yes", messageId }));
  }
  return now ?? act;
}

async function begin(
  { claim, lease, deps }: ActTurn,
  act: Act,
  answer: Pick<BeginAct, "answer" | "messageId">,
): Promise<{ call: boolean; act: Act | null }> {
  const started = instant(deps.clock);
  const leaseMs = Math.max(deps.limits.leaseMs, (act.declared.timeoutMs ?? USUAL_TIMEOUT_MS) + LEASE_ROOM_MS);
  const begun = await deps.acts.begin(claimRef(claim), {
    ...answer,
    actId: act.id,
    needsApproval: needsApproval(act),
    leaseMs,
  });
  if (!begun.leaseHeld) throw new LostTurnError();
  if (begun.call) lease.extendedAt(started);
  return begun;
}

type Ended = Pick<EndAct, "state" | "code" | "answer">;

const UNKNOWN = { state: "unknown", answer: null } as const;

/** Whether it is known how it ended: only of a first call can it be sure that nothing was done. */
function endOf(outcome: ToolOutcome, { attempts }: Act): Ended | "try_again" {
  if (outcome.ok) return { state: "executed", code: null, answer: cleanJson(outcome.answer) };
  if (outcome.mayHaveHappened || attempts > 1) return "try_again";
  return { state: "failed", code: codeOf(outcome), answer: null };
}

const codeOf = (outcome: ToolOutcome): string | null =>
  outcome.ok ? null : cleanText(outcome.code, MAX_CODE);

async function end({ claim, deps }: ActTurn, act: Act, ended: Ended): Promise<Act> {
  const facts = { conversation: claim.conversationId, act: act.id, tool: act.tool, attempts: act.attempts };
  const { reminder, missing } =
    ended.state === "executed" ? reminderOf(act, ended.answer, claim, deps.clock.now()) : NO_REMINDER;
  if (missing) deps.log.warn("reminder.not_kept", { ...facts, missing });
  const { leaseHeld, act: now } = await deps.acts.end(claimRef(claim), { actId: act.id, ...ended, reminder });
  if (!leaseHeld) throw new LostTurnError();
  if (ended.state === "executed") deps.log.info("act.executed", facts);
  else if (ended.state === "failed") deps.log.warn("act.failed", { ...facts, code: ended.code });
  else deps.log.error("act.unknown", { ...facts, code: ended.code });
  return now ?? act;
}

const NO_REMINDER = { reminder: null, missing: null };

/** Calls the tool as it was declared when the customer was asked, and notes the call with the turn. */
async function callTool({ claim, journal, deps }: ActTurn, act: Act): Promise<ToolOutcome> {
  const startedMs = deps.clock.now();
  const record = {
    name: act.tool,
    idempotencyKey: `${act.idempotencyKey}:${act.attempts}`,
    input: act.input,
    output: null as Json,
    ms: 0,
    failed: true,
  };
  journal.toolCalls.push(record);
  const outcome = await journal.stages.run(`tool:${act.tool}`, () => run(claim, act, deps));
  record.ms = Math.max(0, Math.round(deps.clock.now() - startedMs));
  record.failed = !outcome.ok;
  record.output = outcome.ok ? cleanJson(outcome.answer) : { error: codeOf(outcome) };
  if (!outcome.ok) journal.failed(`tool:${act.tool}`, outcome.code);
  return outcome;
}

async function run(
  { tenant, customer, conversationId }: ActTurn["claim"],
  { declared, input, idempotencyKey }: Act,
  { runner }: ActDeps,
): Promise<ToolOutcome> {
  if (!runner) return { ok: false, code: "no_runner", mayHaveHappened: false };
  const behalf = { tenant, customer, conversationId, idempotencyKey };
  const timeoutMs = (declared.timeoutMs ?? USUAL_TIMEOUT_MS) + LEASE_ROOM_MS / 2;
  try {
    return await runner.run(declared, input, behalf, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    return { ok: false, code: errorCode(error), mayHaveHappened: true };
  }
}
