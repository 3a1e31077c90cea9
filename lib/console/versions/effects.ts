import type { Containment } from "../../../contracts/console/settings.ts";
import type { VersionEffect } from "../../../contracts/console/versions.ts";
import { CONTAINMENT_LABELS, containmentOf, decidedUntil } from "../../insight/containment.ts";
import type { Cell, LabelName, Metrics } from "../../types/metrics.ts";

interface Range {
  tenantId: string;
  fromMs: number;
  toMs: number;
}

/** What a company counts as contained, and through when that is known. */
interface Counting {
  definition: Containment;
  decidedMs: number;
}

/** What each version did, by its number, from the counters. */
export async function effectsOf(
  metrics: Metrics,
  range: Range,
  { definition, decidedMs }: Counting,
): Promise<(version: number) => VersionEffect> {
  const toMs = Math.max(range.fromMs, Math.min(range.toMs, decidedUntil(definition, decidedMs)));
  const read = (metric: Parameters<Metrics["read"]>[0]["metric"], ...by: LabelName[]) =>
    metrics.read({ ...range, metric, step: null, by: ["version", ...by], where: {} });
  const ofEnded = { ...range, toMs, step: null, where: {} };
  const [turns, scores, ended, cost] = await Promise.all([
    read("turns"),
    read("csat", "score"),
    metrics.read({ ...ofEnded, metric: "containment", by: ["version", ...CONTAINMENT_LABELS] }),
    read("cost_nano_usd"),
  ]);
  return (version) => {
    const of = (cells: readonly Cell[]) => cells.filter(({ labels }) => labels.version === String(version));
    const rated = of(scores).filter(({ labels }) => Number(labels.score) > 0);
    const stars = rated.reduce((total, { labels, n }) => total + Number(labels.score) * n, 0);
    const [answered, ratings, nanoUsd] = [of(turns), rated, of(cost)].map(sum);
    const contained = containmentOf(of(ended), definition);
    return {
      turns: answered ?? 0,
      rated: ratings ?? 0,
      csat: ratings ? stars / ratings : null,
      ended: contained.all,
      contained: contained.share,
      usdPer1000: answered && nanoUsd ? (nanoUsd / 1e9 / answered) * 1_000 : null,
    };
  };
}

const sum = (cells: readonly Cell[]): number => cells.reduce((total, { n }) => total + n, 0);
