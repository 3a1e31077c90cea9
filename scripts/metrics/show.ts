import { METRICS } from "../../lib/insight/catalogue.ts";
import { distribution } from "../../lib/insight/histogram.ts";
import type { Cell, MetricName, Metrics } from "../../lib/types/metrics.ts";

const DAY_MS = 86_400_000;

/** One line of figures. */
interface Line {
  metric: MetricName;
  labels: Cell["labels"];
  count: number;
  /** Of durations, in milliseconds. */
  p50?: number | null;
  p95?: number | null;
  p99?: number | null;
}

/** True for the name of a metric. */
export const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);

/** All figures of the last days, or one of them by its labels. */
export async function answer(
  metrics: Metrics,
  name: string | null,
  days: number,
): Promise<{ data: Line[]; words: string }> {
  const names = name !== null && isMetric(name) ? [name] : Object.keys(METRICS).filter(isMetric);
  const lines: Line[] = [];
  for (const metric of names) lines.push(...(await linesOf(metrics, metric, { days, apart: name !== null })));
  const freshMs = await metrics.freshMs();
  const until =
    freshMs === 0 ? "nothing has been counted yet" : `complete through ${new Date(freshMs).toISOString()}`;
  return { data: lines, words: [`Last ${days} days, ${until}`, ...lines.map(wordsOf)].join("\n") };
}

async function linesOf(
  metrics: Metrics,
  metric: MetricName,
  { days, apart }: { days: number; apart: boolean },
): Promise<Line[]> {
  const { kind, labels } = METRICS[metric];
  const toMs = Date.now();
  const range = { fromMs: toMs - days * DAY_MS, toMs, step: null };
  const cells = await metrics.read({ tenantId: null, metric, ...range, by: apart ? labels : [], where: {} });
  const series = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.labels);
    series.set(key, [...(series.get(key) ?? []), cell]);
  }
  return [...series.values()].map((some) => {
    const { count, quantile } = distribution(some);
    const line: Line = { metric, labels: some[0]?.labels ?? {}, count };
    return kind === "duration"
      ? { ...line, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) }
      : line;
  });
}

function wordsOf({ metric, labels, count, ...percentiles }: Line): string {
  const shown = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const times = Object.entries(percentiles).map(
    ([name, ms]) => `${name} ${ms === null ? "–" : `${Math.round(ms ?? 0)} ms`}`,
  );
  return `${[metric, ...shown].join(" ").padEnd(60)} ${String(count).padStart(12)}  ${times.join("  ")}`.trimEnd();
}
