import type { ObjectiveName, WorstTurn, WorstTurns } from "../../../contracts/console/insight.ts";
import { OBJECTIVE_NAMES, OBJECTIVES, type Objective } from "../../insight/objectives.ts";
import { STEP_MS } from "../../insight/range.ts";
import type { LabelName, MetricName } from "../../types/metrics.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type TenantCall } from "../http/route.ts";
import { type Figures, figuresFor } from "./read.ts";

const MOST = 20;

/** The turns that an objective suffers from: the slowest, the given up, or the dearest. */
export async function worstOf(call: TenantCall<ConsoleDeps>): Promise<WorstTurns> {
  const figures = figuresFor(call);
  const { metric, where } = figureOf(OBJECTIVES[objectiveIn(call.params)]);
  const selection = {
    metric,
    where: { ...figures.where, ...where },
    ...spanOf(figures, call.query.get("at")),
  };
  const found = await Promise.all(
    figures.numbers.map(({ tenantId }) => call.deps.metrics.worstTurns({ ...selection, tenantId }, MOST)),
  );
  const turns = found.flat().map(({ conversationId: _, ...turn }): WorstTurn => turn);
  return { turns: turns.sort(worstFirst(metric)).slice(0, MOST) };
}

/** The objective of an address; throws Refusal (404) for another name. */
export function objectiveIn(params: Readonly<Record<string, string>>): ObjectiveName {
  const name = OBJECTIVE_NAMES.find((each) => each === params.objective);
  if (name === undefined) throw new Refusal(404, "not_found", "There is no such objective.");
  return name;
}

function figureOf(objective: Objective): { metric: MetricName; where: Partial<Record<LabelName, string>> } {
  if (objective.kind === "duration") return { metric: objective.metric, where: {} };
  if (objective.kind === "cost") return { metric: "cost_nano_usd", where: {} };
  return { metric: "turns", where: { result: "dead" } };
}

/** The slot that begins at `at`, or the whole range. */
function spanOf({ range }: Figures, at: string | null): { fromMs: number; toMs: number } {
  const atMs = at === null || at === "" ? null : Number(at);
  if (atMs === null) return { fromMs: range.fromMs, toMs: range.toMs };
  if (!(atMs >= range.fromMs && atMs < range.toMs))
    throw new Refusal(400, "range", "at: lies outside the range");
  return { fromMs: atMs, toMs: Math.min(range.toMs, atMs + STEP_MS[range.step]) };
}

const worstFirst =
  (metric: MetricName) =>
  (a: WorstTurn, b: WorstTurn): number =>
    metric === "cost_nano_usd"
      ? (b.costUsd ?? 0) - (a.costUsd ?? 0)
      : (b.ms ?? 0) - (a.ms ?? 0) || b.atMs - a.atMs;
