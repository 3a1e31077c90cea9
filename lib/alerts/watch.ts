/** The watch: checks everything, opens and ends alerts, and has them told. */
import { burnMeasures, burnSelections } from "../insight/burn.ts";
import type { Health } from "../jobs/health.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import type { AlertStore, AwayMarks, Look, WatchedCompany } from "../types/alerts.ts";
import type { Clock } from "../types/clock.ts";
import type { Metrics } from "../types/metrics.ts";
import type { Notifier } from "../types/notifier.ts";
import type { GuessReader } from "../types/turn/guesses.ts";
import { driftLook } from "./drift.ts";
import {
  allOf,
  BEHIND_MS,
  behindLook,
  burnLook,
  dependencyLook,
  finding,
  modelLook,
  RULES,
  type SpendLimits,
  standingLook,
} from "./rules.ts";
import { tell, tellAway } from "./tell.ts";

/** Dependencies of the watch. */
export interface WatchDeps {
  clock: Pick<Clock, "now">;
  log: Log;
  store: AlertStore;
  metrics: Pick<Metrics, "readEach" | "record" | "freshMs">;
  marks: AwayMarks;
  guesses: GuessReader;
  /** Null when nobody can be told: then the log says it. */
  notifier: Pick<Notifier, "alert"> | null;
  /** Checks of every dependency. */
  health(): Promise<Health>;
  /** Counts what is due, so that the figures are those of now. */
  rollUp(): Promise<unknown>;
  /** Meta's word on the number's token and account. */
  graph(phoneNumberId: string, nowMs: number): Promise<Look>;
  variablesOf(model: string): readonly string[];
  phoneNumberIds: readonly string[];
  limits: SpendLimits;
}

/** What a run did; `checked` false: another process has just done it, or there is no company yet. */
export interface Watched {
  checked: boolean;
  told: number;
}

/** A little less than the scheduler's shortest pause. */
const EVERY_MS = 45_000;
/** Tokens and subscriptions last for days, and each check asks Meta. */
const META_EVERY_MS = 3_600_000;
/** Once a day, also by a daily cron that is early: each look at guesses reads five weeks of turns. */
const DRIFT_EVERY_MS = 23 * 3_600_000;
const NOTHING: Look = { found: [], checked: [] };
/** Companies that are looked at side by side. */
const AT_ONCE = 5;

/** Runs the checks, unless another process has within the minute. A few statements for each company. Never throws. */
export async function watch(deps: WatchDeps): Promise<Watched> {
  const nowMs = deps.clock.now();
  try {
    const companies = await deps.store.tenants(deps.phoneNumberIds);
    const [first] = companies;
    if (!first) return { checked: false, told: 0 };
    if (!(await deps.store.claimRun(first.tenantId, { name: "watch", everyMs: EVERY_MS }, nowMs)))
      return { checked: false, told: 0 };
    return { checked: true, told: await look(companies, first, deps) };
  } catch (error) {
    deps.log.warn("alerts.failed", { code: errorCode(error) });
    return { checked: false, told: await databaseAway(deps, nowMs) };
  }
}

/** The database may be away, or only slow to one statement: its check says which. */
async function databaseAway(deps: WatchDeps, nowMs: number): Promise<number> {
  const { database } = (await deps.health()).checks;
  if (database.ok) return 0;
  if ((await deps.marks.away(nowMs, RULES.dependency.holdMs)) !== "tell") return 0;
  return (await tellAway(database.error ?? "unknown", deps)) ? 1 : 0;
}

async function look(
  companies: readonly WatchedCompany[],
  first: WatchedCompany,
  deps: WatchDeps,
): Promise<number> {
  const [health] = await Promise.all([deps.health(), deps.rollUp()]);
  const nowMs = deps.clock.now();
  const { tenantId } = first;
  const isDue = (name: string, everyMs: number) => deps.store.claimRun(tenantId, { name, everyMs }, nowMs);
  const [freshMs, asksGraph] = await Promise.all([
    deps.metrics.freshMs(),
    isDue("graph", META_EVERY_MS),
    recordHealth(companies, health, deps),
  ]);
  // Asked each hour alone.
  const looksBack = asksGraph && (await isDue("drift", DRIFT_EVERY_MS));
  const whole = allOf([
    dependencyLook(health.checks),
    modelLook(health.modelEnds, deps.variablesOf),
    behindLook(freshMs, nowMs),
    await wasAway(deps),
  ]);
  let told = 0;
  for (let at = 0; at < companies.length; at += AT_ONCE) {
    const some = companies.slice(at, at + AT_ONCE).map(async (company) => {
      const isFirst = company === first;
      const looks = [
        ...(isFirst ? [whole] : []),
        await lookAt(company, { isFirst, asksGraph, looksBack, freshMs, nowMs }, deps),
      ];
      await deps.store.update(company.tenantId, allOf(looks), nowMs);
      return tell(company, deps);
    });
    told += (await Promise.all(some)).reduce((sum, n) => sum + n, 0);
  }
  return told;
}

interface Moment {
  isFirst: boolean;
  asksGraph: boolean;
  looksBack: boolean;
  freshMs: number;
  nowMs: number;
}

async function lookAt(
  { tenantId, phoneNumberId }: WatchedCompany,
  { isFirst, asksGraph, looksBack, freshMs, nowMs }: Moment,
  { store, metrics, graph, guesses, limits }: WatchDeps,
): Promise<Look> {
  const areFresh = nowMs - freshMs <= BEHIND_MS;
  const [standing, cells, said, drift] = await Promise.all([
    store.standing(tenantId, isFirst),
    areFresh ? metrics.readEach(burnSelections(tenantId, freshMs)) : null,
    asksGraph ? graph(phoneNumberId, nowMs) : NOTHING,
    looksBack ? driftLook(tenantId, nowMs, guesses) : NOTHING,
  ]);
  const burns = cells === null ? NOTHING : burnLook(burnMeasures(cells));
  return allOf([standingLook(standing, limits), burns, said, drift]);
}

/** What the database could not keep while it was away: the alert is opened now, as of then, and soon over. */
async function wasAway({ marks }: WatchDeps): Promise<Look> {
  const away = await marks.back();
  if (away === null) return NOTHING;
  const { told, sinceMs } = away;
  const facts = { name: "database", error: "away" };
  return {
    found: [finding("dependency", { about: "database", severity: "page", facts, told, sinceMs })],
    checked: [],
  };
}

/** The same checks for every company: each sees how what it depends on did. */
async function recordHealth(
  companies: readonly WatchedCompany[],
  { checks }: Health,
  { metrics }: WatchDeps,
): Promise<void> {
  await metrics.record(
    companies.flatMap(({ tenantId }) =>
      Object.entries(checks).map(([name, { ok, ms }]) => ({
        ...{ tenantId, metric: "health" as const, ms },
        labels: { name, result: ok ? "ok" : "failed" },
      })),
    ),
  );
}
