import type { Total, Totals } from "../../types/exports.ts";
import { type ExportedMetric, FRESH_GAUGE, QUEUE_GAUGES } from "./list.ts";

/** Labels of a series; `tenant` is the id of a company. */
type Labels = Readonly<Record<string, string>>;

/** One series with its value at this moment. */
interface Point {
  labels: Labels;
  value: number;
}

/** One series of durations. */
export interface HistogramPoint {
  labels: Labels;
  /** How many are in each class, one more than there are edges. */
  counts: readonly number[];
  sumS: number;
}

/** All series of one name, in whatever form they leave. */
export type Family = { name: string; help: string } & (
  | { type: "counter" | "gauge"; points: readonly Point[] }
  | { type: "histogram"; edgesS: readonly number[]; points: readonly HistogramPoint[] }
);

/** What is exported of one reading. */
export interface Figures {
  /** When it was read, and since when totals count. */
  atMs: number;
  sinceMs: number;
  families: readonly Family[];
}

/** The figures of one reading, in the order of the list; names of which nothing has been counted are left out. */
export function familiesOf(read: Totals, exported: readonly ExportedMetric[]): Family[] {
  const totals = new Map<string, Total[]>(exported.map(({ name }) => [name, []]));
  for (const total of read.totals) totals.get(total.name)?.push(total);
  const tenants = read.queues.map(([tenantId]) => tenantId);
  const counted = exported.map((metric) => familyOf(metric, totals.get(metric.name) ?? [], tenants));
  return [...counted, ...gaugesOf(read)].filter(({ points }) => points.length > 0);
}

function familyOf(
  { name, help, type, edgesS, divisor, always }: ExportedMetric,
  totals: readonly Total[],
  tenants: readonly string[],
): Family {
  const own = { name, help };
  if (edgesS) {
    const points = totals.map((total) => ({
      labels: labelsOf(total),
      counts: total.counts,
      sumS: total.sumS,
    }));
    return { ...own, type: "histogram", edgesS, points };
  }
  const points = totals.map((total) => ({
    labels: labelsOf(total),
    value: (total.counts[0] ?? 0) / divisor,
  }));
  const present = new Set(points.map(({ labels }) => keyOf(labels)));
  const zeros = tenants
    .flatMap((tenantId) => always.map((labels) => labelsOf({ tenantId, labels })))
    .filter((labels) => !present.has(keyOf(labels)))
    .map((labels) => ({ labels, value: 0 }));
  return { ...own, type: type === "gauge" ? type : "counter", points: [...points, ...zeros] };
}

function gaugesOf({ atMs, freshMs, queues }: Totals): Family[] {
  const open = QUEUE_GAUGES.map(([key, name, help]): Family => {
    const points = queues.map(([tenant, queue]) => ({ labels: { tenant }, value: queue[key] }));
    return { name, help, type: "gauge", points };
  });
  // Nothing before the first roll-up: no number would be true.
  const fresh = freshMs === null ? [] : [{ labels: {}, value: Math.max(0, atMs - freshMs) / 1_000 }];
  return [...open, { ...FRESH_GAUGE, type: "gauge", points: fresh }];
}

const labelsOf = ({ tenantId, labels }: Pick<Total, "tenantId" | "labels">): Labels => ({
  tenant: tenantId,
  ...labels,
});

const keyOf = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort());
