import { errorCode } from "../telemetry/error-code.ts";
import type { SentPart } from "../types/turn-store.ts";
import { metaAdvice, metaMeaning, sendDecision } from "../whatsapp/errors.ts";
import { CLOSED_REASONS, type Reached, reached } from "./answer/budget.ts";
import { likelyLanguage } from "./answer/classify.ts";
import type { BudgetLimits, TurnDeps } from "./state/context.ts";
import type { Turn } from "./state/turn.ts";

/** Notifies operators that a customer waits for one of them; true when the notice was taken. */
export async function notifyHandoff(
  { claim, deps }: Pick<Turn<Pick<TurnDeps, "notifier">>, "claim" | "deps">,
  handoff: { reason: string } | null,
): Promise<boolean> {
  if (!handoff) return false;
  return deps.notifier.handoff({
    tenantId: claim.tenant.id,
    conversationId: claim.conversationId,
    companyName: claim.tenant.profile.name,
    companyLanguage: claim.tenant.profile.language,
    reason: handoff.reason,
    language: likelyLanguage(claim),
    // One of thousands on such a day: `notifyBudget` says it once for all of them.
    silent: handoff.reason === CLOSED_REASONS.usd,
  });
}

/** Alerts operators to a refusal of Meta's that only the company can end: each code once a day per number. Never throws. */
export async function notifyStopped(
  { claim, deps }: Pick<Turn<Pick<TurnDeps, "store" | "notifier" | "log">>, "claim" | "deps">,
  parts: readonly SentPart[],
): Promise<void> {
  const stops = ({ outcome, metaCode }: SentPart) =>
    outcome === "unsent" && metaCode !== null && sendDecision(metaCode, 400) === "stop_and_alert";
  const code = parts.find(stops)?.metaCode ?? null;
  if (code === null) return;
  try {
    if (!(await deps.store.firstAlertToday(claim, `number:graph_${code}`))) return;
    await deps.notifier.alert({
      title: `${claim.tenant.profile.name}: Meta sends no replies (code ${code}: ${metaMeaning(code)})`,
      detail: metaAdvice(code),
      ...{ tenantId: claim.tenant.id, page: "service", runbook: "meta-refuses-to-send" },
    });
  } catch (error) {
    deps.log.warn("notify.failed", { code: errorCode(error), attempt: 1 });
  }
}

type BudgetTurn = Pick<Turn<Pick<TurnDeps, "store" | "notifier" | "log" | "budget">>, "claim" | "deps">;

/** Alerts operators to a budget that is nearly or wholly used: each level once a day per customer, or per number. Never throws. */
export async function notifyBudget(turn: BudgetTurn): Promise<void> {
  const { claim, deps } = turn;
  try {
    for (const budget of reached(claim.usage, deps.budget)) {
      const scope = budget.budget === "usd" ? "number" : "person";
      // The customer's own handoff says it.
      if (scope === "person" && budget.level === "closed") continue;
      const notice = `${scope}:${budget.budget}:${budget.level}`;
      if (await deps.store.firstAlertToday(claim, notice)) await alertBudget(turn, budget);
    }
  } catch (error) {
    deps.log.warn("notify.failed", { code: errorCode(error), attempt: 1 });
  }
}

const NAMES: Record<keyof BudgetLimits, string> = {
  turns: "turns of one customer",
  soundSeconds: "seconds of sound of one customer",
  usd: "model dollars of this number",
};

const CONSEQUENCES: Record<Reached["level"], string> = {
  warn: "nothing changes yet",
  economy: "only the fallback model answers until midnight UTC",
  closed: "no model answers until midnight UTC; each customer who writes is passed to a person",
};

async function alertBudget(
  { claim: { conversationId, tenant }, deps: { notifier, log } }: BudgetTurn,
  { budget, level, used, limit }: Reached,
): Promise<void> {
  log.warn("budget.reached", { conversation: conversationId, budget, level });
  const consequence =
    budget === "soundSeconds" && level === "economy"
      ? "recordings are not listened to until midnight UTC"
      : CONSEQUENCES[level];
  const conversation = budget === "usd" ? "" : `, conversation …${conversationId.slice(-8)}`;
  await notifier.alert({
    title: `${tenant.profile.name}: today's ${NAMES[budget]} are ${level === "warn" ? "nearly " : ""}used up`,
    detail: `${Math.round(used)} of ${limit}${conversation}; ${consequence}`,
    ...{ tenantId: tenant.id, page: budget === "usd" ? "money" : { conversationId } },
    runbook: "a-budget-is-used-up",
  });
}
