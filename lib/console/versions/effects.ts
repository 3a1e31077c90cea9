import type { VersionEffect } from "../../../contracts/console/versions.ts";
import type { Cell, LabelName, Metrics } from "../../types/metrics.ts";

interface Range {
  tenantId: string;
  fromMs: number;
  toMs: number;
}

/** What each version did, by its number, from the counters. */
export async function effectsOf(metrics: Metrics, range: Range): Promise<(version: number) => VersionEffect> {
  const read = (metric: Parameters<Metrics["read"]>[0]["metric"], ...by: LabelName[]) =>
    metrics.read({ ...range, metric, step: null, by: ["version", ...by], where: {} });
  const [turns, scores, ended, cost] = await Promise.all([
    read("turns"),
    read("csat", "score"),
    read("conversations", "served_by"),
    read("cost_nano_usd"),
  ]);
  return (version) => {
    const of = (cells: readonly Cell[]) => cells.filter(({ labels }) => labels.version === String(version));
    const rated = of(scores).filter(({ labels }) => Number(labels.score) > 0);
    const stars = rated.reduce((total, { labels, n }) => total + Number(labels.score) * n, 0);
    const [answered, ratings, conversations, nanoUsd] = [of(turns), rated, of(ended), of(cost)].map(sum);
    const alone = sum(of(ended).filter(({ labels }) => labels.served_by === "bot"));
    return {
      turns: answered ?? 0,
      rated: ratings ?? 0,
      csat: ratings ? stars / ratings : null,
      ended: conversations ?? 0,
      contained: conversations ? alone / conversations : null,
      usdPer1000: answered && nanoUsd ? (nanoUsd / 1e9 / answered) * 1_000 : null,
    };
  };
}

const sum = (cells: readonly Cell[]): number => cells.reduce((total, { n }) => total + n, 0);
