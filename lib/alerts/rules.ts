/** What is an alert, from what was measured. */
import type { AlertFacts, AlertRule, AlertSeverity } from "../../contracts/console/alerts.ts";
import { type BurnMeasure, burning, burnOf } from "../insight/burn.ts";
import type { Check, Health } from "../jobs/health.ts";
import { alertDays, type ComingEnd } from "../model/ends.ts";
import type { Finding, Look, StandingTroubles } from "../types/alerts.ts";
import type { AlertPage, RunbookSection } from "../types/notifier.ts";

const MINUTE_MS = 60_000;

/**
 * ★ Each rule: how long it must be seen before it is told, how long it must be away before it is over, the page that shows more of it, and its
 * section in docs/runbook.md.
 * One failed check is no outage, so dependencies are told at the second.
 */
export const RULES: Record<
  AlertRule,
  { holdMs: number; keepMs: number; page: AlertPage; runbook: RunbookSection }
> = {
  burn: { holdMs: 0, keepMs: 10 * MINUTE_MS, page: "alerts", runbook: "an-error-budget-burns" },
  // After a start there may be days to count.
  behind: { holdMs: 5 * MINUTE_MS, keepMs: 0, page: "alerts", runbook: "the-figures-are-behind" },
  dead: { holdMs: 0, keepMs: 0, page: "service", runbook: "a-turn-died" },
  stranded: { holdMs: 0, keepMs: 3 * MINUTE_MS, page: "service", runbook: "customers-wait-for-an-answer" },
  token: { holdMs: 0, keepMs: 0, page: "alerts", runbook: "the-access-token-ends" },
  subscription: { holdMs: 0, keepMs: 0, page: "alerts", runbook: "the-subscription-is-lost" },
  account: { holdMs: 0, keepMs: 0, page: "alerts", runbook: "meta-reports-trouble-with-the-account" },
  model_end: { holdMs: 0, keepMs: 0, page: "alerts", runbook: "a-model-ends" },
  spend: { holdMs: 0, keepMs: 0, page: "money", runbook: "a-budget-is-used-up" },
  drift: { holdMs: 0, keepMs: 0, page: "alerts", runbook: "local-guesses-are-wrong-more-often" },
  dependency: { holdMs: 30_000, keepMs: 3 * MINUTE_MS, page: "alerts", runbook: "a-service-is-down" },
};

/** Figures that are further behind say nothing of now. */
export const BEHIND_MS = 15 * MINUTE_MS;

interface Found {
  /** Behind the rule, when there can be several. */
  about?: string;
  severity: AlertSeverity;
  stage?: number;
  facts: AlertFacts;
  told?: boolean;
  sinceMs?: number;
}

/** A finding of a rule. */
export function finding(rule: AlertRule, found: Found): Finding {
  const { about, severity, facts, stage = 1, told = false, sinceMs = null } = found;
  const { holdMs, keepMs } = RULES[rule];
  const name = about === undefined ? rule : `${rule}:${about}`;
  return { name, rule, severity, stage, facts, holdMs, keepMs, told, sinceMs };
}

const PLACES = 10;
const rounded = (n: number): number => Math.round(n * PLACES) / PLACES;

/** Objectives whose error budget burns. While one pages its ticket is not looked at: one outage, one alert. */
export function burnLook(measures: readonly BurnMeasure[]): Look {
  const looks = measures.map((measure): Look => {
    const page = burnFinding(measure, "page");
    const ticket = page === null ? burnFinding(measure, "ticket") : null;
    const checked = (page === null ? ["page", "ticket"] : ["page"]).map(
      (severity) => `burn:${measure.name}:${severity}`,
    );
    return { found: [page, ticket].filter((each) => each !== null), checked };
  });
  return allOf(looks);
}

function burnFinding(measure: BurnMeasure, severity: AlertSeverity): Finding | null {
  const rule = burning(measure, severity);
  if (rule === null) return null;
  const { good, all } = measure.windows[rule.long];
  return finding("burn", {
    about: `${measure.name}:${severity}`,
    severity,
    stage: rule.factor > 7 || (severity === "ticket" && rule.factor > 1) ? 2 : 1,
    facts: {
      ...{ objective: measure.name, factor: rule.factor, window: rule.long, all },
      ...(measure.isMoney ? { usd: Math.round((all - good) * 100) / 100 } : { missed: all - good }),
      burn: rounded(burnOf({ good, all }, measure.objective) ?? 0),
    },
  });
}

/** Figures that are behind. */
export function behindLook(freshMs: number, nowMs: number): Look {
  const lateMs = nowMs - freshMs;
  const facts: AlertFacts = freshMs === 0 ? {} : { minutes: Math.round(lateMs / MINUTE_MS) };
  const found = lateMs > BEHIND_MS ? [finding("behind", { severity: "ticket", facts })] : [];
  return { found, checked: ["behind"] };
}

/** Dependencies that do not answer. Without the model or the Graph API nobody gets a reply; without the cache all goes on. */
export function dependencyLook(checks: Health["checks"]): Look {
  const found = Object.entries(checks)
    .filter(([, { ok }]) => !ok)
    .map(([name, { error }]: [string, Check]) =>
      finding("dependency", {
        about: name,
        severity: name === "cache" ? "ticket" : "page",
        facts: { name, error: error ?? "unknown" },
      }),
    );
  return { found, checked: ["dependency:"] };
}

/** Models that will end; `variablesOf` names what has to be set. */
export function modelLook(
  ends: readonly ComingEnd[],
  variablesOf: (model: string) => readonly string[],
): Look {
  const found = ends.map((end) => {
    const days = alertDays(end) ?? 0;
    const { model, shutdown, daysLeft, successor } = end;
    return finding("model_end", {
      about: model,
      // Once ended, its successor has been answering.
      severity: days <= 7 && (daysLeft > 0 || successor === null) ? "page" : "ticket",
      stage: days > 30 ? 1 : days > 7 ? 2 : 3,
      facts: {
        ...{ model, shutdown, days: daysLeft, successor: successor ?? "" },
        variables: variablesOf(model).join(", "),
      },
    });
  });
  return { found, checked: ["model_end:"] };
}

/** Limits of what models may cost, in US dollars; null: none. */
export interface SpendLimits {
  day: number;
  month: number | null;
}

/** Shares of a budget at which it is told. */
const LEVELS = [0.8, 1, 1.2];

/** What of a company waits for somebody. */
export function standingLook(
  { dead, stranded, account, usdToday, usdMonth }: StandingTroubles,
  limits: SpendLimits,
): Look {
  const found = [
    ...(dead > 0
      ? [finding("dead", { severity: "ticket", stage: magnitude(dead), facts: { count: dead } })]
      : []),
    ...(stranded > 0
      ? [finding("stranded", { severity: "page", stage: magnitude(stranded), facts: { count: stranded } })]
      : []),
    ...account.map(({ field, event, severity, about }) =>
      finding("account", {
        about: about === "" ? field : `${field}:${about}`,
        severity: severity === "critical" ? "page" : "ticket",
        stage: severity === "critical" ? 2 : 1,
        facts: { field, event, about },
        // The webhook that brought it has told it.
        told: true,
      }),
    ),
    // The turn that reached a level has told it.
    ...spend("day", { used: usdToday, limit: limits.day }, true),
    ...spend("month", { used: usdMonth, limit: limits.month }, false),
  ];
  return { found, checked: ["dead", "stranded", "account:", "spend:"] };
}

function spend(
  period: "day" | "month",
  { used, limit }: { used: number; limit: number | null },
  told: boolean,
): Finding[] {
  const stage = limit === null ? 0 : LEVELS.filter((level) => used >= level * limit).length;
  if (limit === null || stage === 0) return [];
  const facts = { period, used: Math.round(used * 100) / 100, limit };
  return [finding("spend", { about: period, severity: "ticket", stage, facts, told })];
}

/** 1 for some, 2 from ten, 3 from a hundred, 4 from a thousand. */
const magnitude = (count: number): number => String(count).length;

/** Several looks as one. */
export const allOf = (looks: readonly Look[]): Look => ({
  found: looks.flatMap(({ found }) => found),
  checked: looks.flatMap(({ checked }) => checked),
});
